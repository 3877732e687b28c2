"""The fields of a mitigation, and the draft that they make."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from tracker.domain.drafts import MitigationDraft
from tracker.domain.records import EffectRecord, MitigationRecord
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import Layer, Mechanism
from tracker.ui.forms import fields
from tracker.ui.save import Form
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views.mitigations import short

BASE = ("title", "summary", "mechanism", "layer", "owner", "team", "source")
DAYS = ("shortest", "likely", "longest")
ESTIMATES = ("low", "best", "high")


@dataclass(frozen=True, slots=True)
class Present:
    """What the register holds of a mitigation that is edited; empty for a new one.

    Attributes:
        effects: On risks of this launch.
    """

    record: MitigationRecord | None = None
    effects: tuple[EffectRecord, ...] = ()

    def text(self, field: str) -> str:
        """Return a text of the record."""
        return str(getattr(self.record, field)) if self.record else ""

    def choice(self, field: str) -> str | None:
        """Return a choice of the record."""
        value = getattr(self.record, field) if self.record else None
        return None if value is None else str(value)


def draw(here: Here, launch: LaunchState, form: Form, present: Present) -> tuple[str, ...]:
    """Draw every field of a mitigation and return their names."""
    fields.title("Title: what it does", form.key("title"), present.text("title"))
    fields.text("How it works", form.key("summary"), present.text("summary"), height=80)
    _nature(here, launch, form, present)
    _duration(form, present.record)
    efforts = _efforts(launch, form, present.record)
    effects = _effects(launch, form, present.effects)
    fields.title("Source, if published", form.key("source"), present.text("source"))
    return (*BASE, *DAYS, *efforts, *effects)


def _nature(here: Here, launch: LaunchState, form: Form, present: Present) -> None:
    teams = {key: team.name for key, team in launch.teams.items()}
    with st.grid(4, min_column_width=180):
        fields.one_of(
            "Mechanism", {str(m): str(m) for m in Mechanism}, form.key("mechanism"),
            present.choice("mechanism"),
        )  # fmt: skip
        fields.one_of(
            "Layer", {str(x): str(x) for x in Layer}, form.key("layer"), present.choice("layer")
        )
        fields.one_of("Owner", fields.persons(here), form.key("owner"), present.choice("owner"))
        fields.one_of("Team", teams, form.key("team"), present.choice("team"))


def _duration(form: Form, record: MitigationRecord | None) -> None:
    days = record.duration if record and record.duration else (None, None, None)
    labels = ("Days, shortest", "Days, most likely", "Days, longest")
    with st.grid(3, min_column_width=180):
        for field, label, present in zip(DAYS, labels, days, strict=True):
            fields.amount(label, form.key(field), present)


def _efforts(launch: LaunchState, form: Form, record: MitigationRecord | None) -> tuple[str, ...]:
    known = dict(record.efforts) if record else {}
    teams = {key: team.name for key, team in launch.teams.items()}
    chosen = fields.several_of(
        "Teams that still spend days on it", teams, form.key("effort_teams"), list(known)
    )
    with st.grid(3, min_column_width=180):
        for team in chosen:
            fields.amount(f"Person-days, {team}", form.key(f"effort {team}"), known.get(team))
    return ("effort_teams", *(f"effort {team}" for team in chosen))


def _effects(launch: LaunchState, form: Form, present: Sequence[EffectRecord]) -> tuple[str, ...]:
    known = {effect.risk: effect for effect in present}
    risks = {risk.ref: f"{risk.risk.short_ref} {risk.risk.title}" for risk in launch.open_risks}
    risks = {ref: short(ref) for ref in known} | risks
    lowers = fields.several_of(
        "Risks that it lowers", risks, form.key("lowers"),
        [ref for ref, effect in known.items() if not effect.introduces],
    )  # fmt: skip
    for ref in lowers:
        _shares(form, ref, risks[ref], known.get(ref))
    introduces = fields.several_of(
        "Risks that it introduces or worsens", risks, form.key("introduces"),
        [ref for ref, effect in known.items() if effect.introduces],
    )  # fmt: skip
    for ref in introduces:
        _basis(form, ref, f"Basis, {short(ref)} introduced", known.get(ref))
    per_risk = (f"{estimate} {ref}" for ref in lowers for estimate in ESTIMATES)
    bases = (f"basis {ref}" for ref in dict.fromkeys([*lowers, *introduces]))
    return ("lowers", "introduces", *per_risk, *bases)


def _shares(form: Form, ref: str, name: str, effect: EffectRecord | None) -> None:
    st.markdown(f"Share of the expected loss of **{plain(name)}** that it removes, in per cent")
    with st.grid(4, min_column_width=150):
        for estimate in ESTIMATES:
            share = getattr(effect, estimate) if effect else None
            present = None if share is None else round(share * 100, 6)
            label = f"{estimate.capitalize()} estimate, {short(ref)}"
            fields.amount(label, form.key(f"{estimate} {ref}"), present, most=99.9)
        _basis(form, ref, f"Basis, {short(ref)}", effect)


def _basis(form: Form, ref: str, label: str, effect: EffectRecord | None) -> None:
    st.text_input(
        label,
        effect.basis if effect else "",
        key=form.key(f"basis {ref}"),
    )


def draft(values: Mapping[str, Any]) -> MitigationDraft:
    """Make a mitigation of what was typed.

    Raises:
        InvalidInput: Naming every field that is wrong.
    """
    return build(MitigationDraft, entered(values, ()))


def entered(values: Mapping[str, Any], elsewhere: Iterable[EffectRecord]) -> dict[str, Any]:
    """Return the fields of a mitigation as its draft names them.

    Args:
        values: What was typed, by field.
        elsewhere: Effects on risks of other launches, which stay as they are.
    """
    return {
        **{field: values.get(field) or "" for field in ("title", "summary", "source")},
        **fields.chosen(values, ("mechanism", "layer")),
        **{field: values.get(field) for field in ("owner", "team")},
        "duration": _typed_duration(values),
        "efforts": [
            {"team": team, "days": values.get(f"effort {team}")}
            for team in values.get("effort_teams") or ()
        ],
        "effects": [*map(_kept, elsewhere), *_typed_effects(values)],
    }


def _typed_duration(values: Mapping[str, Any]) -> dict[str, Any] | None:
    days = {field: values.get(field) for field in DAYS}
    return None if all(value is None for value in days.values()) else days


def _typed_effects(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    lowers = [
        {
            "risk": ref,
            **{estimate: _share(values.get(f"{estimate} {ref}")) for estimate in ESTIMATES},
            "basis": values.get(f"basis {ref}") or "",
        }
        for ref in values.get("lowers") or ()
    ]
    introduces = [
        {"risk": ref, "introduces": True, "basis": values.get(f"basis {ref}") or ""}
        for ref in values.get("introduces") or ()
    ]
    return [*lowers, *introduces]


def _share(percent: float | None) -> float | None:
    return None if percent is None else percent / 100


def _kept(effect: EffectRecord) -> dict[str, Any]:
    names = ("risk", "low", "best", "high", "introduces", "basis")
    return {name: getattr(effect, name) for name in names}
