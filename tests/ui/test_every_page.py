"""What holds for every page, on every kind of register."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.factories import a_launch, a_risk, an_assessment
from tests.ui.conftest import Visit, words
from tracker.store.engine import Store
from tracker.ui.navigation import ENTRIES

PAGES = [entry.name for entry in ENTRIES if entry.path.is_file()]
OF_A_LAUNCH = [entry.name for entry in ENTRIES if entry.group == "Launch" and entry.name in PAGES]


def _is_whole(app: AppTest) -> None:
    assert not app.exception
    assert "identity not authenticated" in words(app)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("demo")
def test_a_page_of_the_demo_has_one_headline_and_says_what_it_answers(
    visit: Visit, page: str
) -> None:
    app = visit(page, launch="gpt-4v-2023-09", risk="R-6")
    _is_whole(app)
    assert len(app.title) == 1
    assert "illustrative judgement" in words(app)
    assert any(caption.value.endswith("?") for caption in app.caption)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("cast_register")
def test_a_page_of_an_empty_register_says_what_to_do(visit: Visit, page: str) -> None:
    app = visit(page)
    _is_whole(app)
    assert not app.error
    assert len(app.title) == 1
    assert "illustrative" not in words(app)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("nobodys_register")
def test_a_page_of_a_register_without_people_still_opens(visit: Visit, page: str) -> None:
    app = visit(page)
    assert not app.exception
    assert "Nobody is in this register yet." in words(app)


@pytest.mark.parametrize("page", OF_A_LAUNCH)
@pytest.mark.usefixtures("demo")
def test_a_launch_that_is_not_there_is_said_with_links_to_those_that_are(
    visit: Visit, page: str
) -> None:
    app = visit(page, launch="no-such-launch")
    assert not app.exception
    assert "no-such-launch" in app.error[0].value.replace("\\", "")
    assert len(app.get("page_link")) == 4


@pytest.mark.usefixtures("demo")
def test_a_risk_that_is_not_there_is_said_with_a_link_to_the_register(visit: Visit) -> None:
    app = visit("risk", launch="gpt-4v-2023-09", risk="R-999")
    assert not app.exception
    assert "R-999" in app.error[0].value.replace("\\", "")


HOSTILE = (
    "=HYPERLINK(x) <script>alert(1)</script> [a](http://evil.example) ![i](http://evil.example/i) "
    "$x^2$ :material/home: :red[b] | *c* `d` \u202egnp.exe 🚀"
)
LIVE = re.compile(r"(?<!\\)(<script|\]\(http|\$x|\*c|`d)|https?://evil|:red\[|:material/home")
"""What would do something if it stood in Markdown like this."""


@pytest.mark.parametrize("page", PAGES)
def test_a_hostile_title_is_harmless_on_every_page(
    visit: Visit, cast_register: Store, page: str
) -> None:
    launch = a_launch(cast_register, name=HOSTILE, summary=HOSTILE, model_version=HOSTILE[:100])
    ref = a_risk(cast_register, launch, title=HOSTILE, scenario=HOSTILE)
    an_assessment(cast_register, ref)
    app = visit(page, launch=launch, risk="R-1")
    _is_whole(app)
    for element in [*app.title, *app.header, *app.markdown, *app.caption, *app.error]:
        assert not LIVE.search(element.value)
