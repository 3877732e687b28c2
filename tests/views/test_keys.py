from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tracker.domain.types import Key
from tracker.views.keys import suggested_key


@pytest.mark.parametrize(
    ("name", "target", "key"),
    [
        ("GPT-4V", date(2023, 9, 25), "gpt-4v-2023-09"),
        ("DALL·E 3", None, "dalle-3"),
        ("Équipe sûreté", None, "equipe-surete"),
        ("  ", None, ""),
        ("日本語", None, ""),
    ],
)
def test_a_key_is_made_of_a_name(name: str, target: date | None, key: str) -> None:
    assert suggested_key(name, target=target) == key


def test_a_key_that_is_taken_gets_a_number() -> None:
    assert suggested_key("Ada", {"ada", "ada-2"}) == "ada-3"


@given(st.text(max_size=200), st.none() | st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_every_suggestion_is_a_key_that_the_register_takes(name: str, target: date | None) -> None:
    suggested = suggested_key(name, target=target)
    assert suggested == "" or TypeAdapter(Key).validate_python(suggested) == suggested
