"""A half-made assessment in step with the store: nothing typed is lost, nothing newer overwritten.

Three versions are compared on each run: what the widgets hold, what this tab last knew to be kept,
and what the store keeps. Whichever side moved away from what was known is the one that counts; so
an old tab never writes over what another one kept later, and a server that restarted takes over
what the browser still shows.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from tracker.domain.drafts import AssessmentSubmission, PartialAssessment
from tracker.domain.records import AssessmentDraftRecord
from tracker.domain.validation import build
from tracker.domain.words import Factor
from tracker.services.assessments import find_draft, renew_draft, save_draft
from tracker.ui.save import Form
from tracker.ui.session import Here
from tracker.views.assess import reasoned

Typed = dict[str, Any]

_KNOWN = "assess.known"


class Desk:
    """The fields of one person's assessment of one risk."""

    def __init__(self, here: Here, form: Form, ref: str) -> None:
        """Lay out what was kept, unless the widgets already hold something newer."""
        self._here = here
        self._form = form
        self._ref = ref
        self._place = f"{here.acting().key} {ref}"
        self._known: dict[str, Typed] = st.session_state.setdefault(_KNOWN, {})
        draft = find_draft(here.store, here.acting(), ref)
        self.about = draft.about if draft else None
        self.kept_at = self._restore(draft)

    def field(self, name: str) -> str:
        """Return the name of a field within the form; nobody else's fields share it."""
        return f"{self._place} {name}"

    def key(self, name: str) -> str:
        """Return the key of the widget of a field."""
        return self._form.key(self.field(name))

    def typed(self) -> Typed:
        """Return what the widgets hold, by field, empty ones left out."""
        values = {name: st.session_state.get(self.key(name)) for name in FIELDS}
        return {name: value for name, value in values.items() if value not in (None, "")}

    def keep(self) -> datetime | None:
        """Keep what was typed if it changed, and return when it was last kept.

        Raises:
            HoldpointError: It cannot be kept, and why.
        """
        typed = self.typed()
        if typed != self._known.get(self._place, {}):
            at = datetime.now(UTC)
            save_draft(self._here.store, self._here.acting(), self._ref, partial(typed), at)
            self._known[self._place] = typed
            self.kept_at = at
        return self.kept_at

    def renew(self) -> None:
        """Say that what was picked for an earlier release is about the one asked for now."""
        renew_draft(self._here.store, self._here.acting(), self._ref, datetime.now(UTC))

    def forget(self) -> None:
        """Stop comparing with a draft that became an assessment."""
        self._known.pop(self._place, None)

    def _restore(self, draft: AssessmentDraftRecord | None) -> datetime | None:
        stored = as_typed(draft)
        drawn = self.key(Factor.LIKELIHOOD.value) in st.session_state
        unmoved = self.typed() == self._known.get(self._place)
        if not drawn or (unmoved and stored != self._known.get(self._place)):
            for name in FIELDS:
                st.session_state[self.key(name)] = stored.get(name, EMPTY[name])
            self._known[self._place] = stored
        return draft.saved_at if draft else None


def reason_of(factor: Factor) -> str:
    """Return the name of the field that holds the reason for one pick."""
    return f"reason {factor.value}"


EMPTY: Mapping[str, str | None] = {
    **{factor.value: None for factor in Factor},
    "grade": None,
    **{reason_of(factor): "" for factor in Factor},
    "rationale": "",
}
FIELDS = tuple(EMPTY)


def as_typed(draft: AssessmentDraftRecord | None) -> Typed:
    """Return a kept draft as the fields that hold it."""
    if draft is None:
        return {}
    values: Typed = {factor.value: pick for factor, pick in draft.picks.items()}
    values |= {reason_of(factor): text for factor, text in draft.reasons.items()}
    values |= {"grade": draft.grade and str(draft.grade), "rationale": draft.rationale}
    return {name: value for name, value in values.items() if value not in (None, "")}


def picked(typed: Mapping[str, Any]) -> dict[Factor, int]:
    """Return the factors picked so far."""
    return {factor: int(typed[factor.value]) for factor in Factor if typed.get(factor.value)}


def partial(typed: Mapping[str, Any]) -> PartialAssessment:
    """Make the draft of what was typed.

    Raises:
        InvalidInput: A text holds what no text may hold.
    """
    return build(PartialAssessment, {"picks": picked(typed), **_judged(typed, set(Factor))})


def submission(typed: Mapping[str, Any]) -> AssessmentSubmission:
    """Make the assessment of what was typed.

    Raises:
        InvalidInput: Naming every pick and reason that is missing.
    """
    picks = picked(typed)
    judged = _judged(typed, reasoned(picks))
    return build(AssessmentSubmission, {"picks": picks, **judged})


def _judged(typed: Mapping[str, Any], factors: set[Factor]) -> dict[str, Any]:
    reasons = {factor: typed.get(reason_of(factor)) for factor in Factor if factor in factors}
    judged = {
        "grade": typed.get("grade"),
        "reasons": {factor: text for factor, text in reasons.items() if text},
        "rationale": typed.get("rationale") or "",
    }
    return {name: value for name, value in judged.items() if value is not None}
