"""One line per policy area: undecided until somebody decides, a reason for each exclusion."""

from collections.abc import Mapping, Sequence

import streamlit as st

from tracker.domain.records import PolicyAreaRecord, ScopeRecord
from tracker.domain.words import Applicability
from tracker.ui.save import Form
from tracker.ui.text import plain
from tracker.views.launch_form import Family

AT_FIRST = (Applicability.IN_SCOPE, Applicability.NOT_APPLICABLE)
LATER = (*AT_FIRST, Applicability.NONE_FOUND)


def draw(
    form: Form,
    families: Sequence[Family],
    choices: Sequence[Applicability] = AT_FIRST,
    present: Mapping[str, ScopeRecord] | None = None,
) -> tuple[str, ...]:
    """Draw every policy area by family and return the names of the fields."""
    names = [name for family in families for name in _family(form, family, choices, present or {})]
    return tuple(names)


def _family(
    form: Form,
    family: Family,
    choices: Sequence[Applicability],
    present: Mapping[str, ScopeRecord],
) -> list[str]:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(plain(family.name), anchor=False, width="stretch")
        st.button(
            "All undecided here: in scope",
            key=f"{form.name}.all.{family.areas[0].family}",
            type="tertiary",
            on_click=_decide_the_rest,
            args=([form.key(f"scope.{area.code}") for area in family.areas],),
        )
    for area in family.areas:
        _area(form, area, choices, present.get(area.code))
    return [f"{kind}.{area.code}" for area in family.areas for kind in ("scope", "reason")]


def _decide_the_rest(keys: Sequence[str]) -> None:
    for key in keys:
        if st.session_state.get(key) is None:
            st.session_state[key] = str(Applicability.IN_SCOPE)


def _area(
    form: Form,
    area: PolicyAreaRecord,
    choices: Sequence[Applicability],
    record: ScopeRecord | None,
) -> None:
    options = [str(choice) for choice in choices]
    present = str(record.applicability) if record else None
    if form.key(f"scope.{area.code}") not in st.session_state:
        st.session_state[form.key(f"scope.{area.code}")] = present
    left, right = st.columns([5, 7], vertical_alignment="top")
    with left:
        chosen = st.selectbox(
            area.name,
            options,
            index=None,
            key=form.key(f"scope.{area.code}"),
            placeholder="undecided",
        )
    with right:
        if chosen not in (None, str(Applicability.IN_SCOPE)):
            st.text_input(
                f"Why {chosen}? A reason is required",
                record.reason if record else "",
                key=form.key(f"reason.{area.code}"),
                persist_state="page",
            )
        else:
            st.caption(plain(area.definition))
