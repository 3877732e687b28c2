"""Which open risks of the last launch a clone leaves behind, each with its reason."""

from collections.abc import Mapping
from typing import Any, Final

from tracker.domain.errors import InvalidInput
from tracker.domain.review_drafts import DroppedRisk
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.ui.forms import fields
from tracker.ui.save import Form

DROPPED: Final = "dropped"
_WHY: Final = "dropped."


def draw(form: Form, source: LaunchState) -> tuple[str, ...]:
    """Draw the choice and one reason for each risk that is chosen; return the field names."""
    words = {risk.ref: f"{risk.risk.short_ref} {risk.risk.title}" for risk in source.open_risks}
    chosen = fields.several_of("Risks that stay behind", words, form.key(DROPPED))
    for ref in chosen:
        fields.title(f"Why {words[ref].partition(' ')[0]} stays behind", form.key(f"{_WHY}{ref}"))
    return (DROPPED, *(f"{_WHY}{ref}" for ref in chosen))


def drafts(values: Mapping[str, Any]) -> tuple[DroppedRisk, ...]:
    """Return what stays behind, as typed.

    Raises:
        InvalidInput: A risk stays behind without a reason.
    """
    chosen = values.get(DROPPED) or ()
    reasons = {ref: str(values.get(f"{_WHY}{ref}") or "").strip() for ref in chosen}
    bare = {f"{ref} stays behind": "needs a reason" for ref, why in reasons.items() if not why}
    if bare:
        raise InvalidInput(bare)
    return tuple(build(DroppedRisk, {"risk": ref, "reason": why}) for ref, why in reasons.items())
