"""What a page remembers: names of widgets as `page.field`, and what its address carries."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

ACTOR: Final = "header.actor"
LAUNCH: Final = "header.launch"

LAUNCH_PARAMETER: Final = "launch"
RISK_PARAMETER: Final = "risk"
ACTOR_PARAMETER: Final = "as"

_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Address:
    """What the address of the page names; not yet checked against the register.

    Attributes:
        launch: Key of a launch.
        risk: Short reference of a risk on it, such as `R-6`.
        actor: Key of the acting person.
    """

    launch: str | None = None
    risk: str | None = None
    actor: str | None = None

    def parameters(self) -> dict[str, str]:
        """Return the parts that are there, by the name of their parameter."""
        parts = {
            LAUNCH_PARAMETER: self.launch,
            RISK_PARAMETER: self.risk,
            ACTOR_PARAMETER: self.actor,
        }
        return {name: value for name, value in parts.items() if value}


def address() -> Address:
    """Read the address; over-long values count as absent."""
    return Address(
        launch=parameter(LAUNCH_PARAMETER),
        risk=parameter(RISK_PARAMETER),
        actor=parameter(ACTOR_PARAMETER),
    )


def parameter(name: str) -> str | None:
    """Read one parameter of the address."""
    value = st.query_params.get(name)
    return value if value and len(value) <= _LONGEST else None


def put(name: str, value: str | None) -> None:
    """Write one parameter into the address, or take it out."""
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


class Launches:
    """Widgets of the board."""

    TEXT: Final = "launches.text"
    VERDICT: Final = "launches.verdict"
    STATUS: Final = "launches.status"
    TABLE: Final = "launches.table"
    CHART: Final = "launches.chart"


class Priorities:
    """Widgets of the queue."""

    TEXT: Final = "queue.text"
    HOLDS: Final = "queue.holds"
    LAUNCH: Final = "queue.launch"
    AREA: Final = "queue.area"
    LEVEL: Final = "queue.level"
    OWNER: Final = "queue.owner"
    TEAM: Final = "queue.team"
    PAGE: Final = "queue.page"
    UNASSESSED: Final = "queue.unassessed"
    ASSESSED: Final = "queue.assessed"


class Overview:
    """Widgets of the overview."""

    CHART: Final = "overview.chart"
    LEVELS: Final = "overview.levels"
    AREAS: Final = "overview.areas"


class Risks:
    """Widgets of the register."""

    VIEW: Final = "risks.view"
    CELL: Final = "risks.cell"
    MATRIX: Final = "risks.matrix"
    TEXT: Final = "risks.text"
    LEVEL: Final = "risks.level"
    AREA: Final = "risks.area"
    OWNER: Final = "risks.owner"
    CLOSED: Final = "risks.closed"
    TABLE: Final = "risks.table"


class Risk:
    """Widgets of a risk's detail."""

    FIGURES: Final = "risk.figures"
    WATERFALL: Final = "risk.waterfall"
    ASSESSMENTS: Final = "risk.assessments"
    ALL: Final = "risk.all"
    ORIGINALS: Final = "risk.originals"
    MITIGATIONS: Final = "risk.mitigations"
    EVIDENCE: Final = "risk.evidence"


class History:
    """Widgets of the history."""

    LAUNCH: Final = "history.launch"
    WHO: Final = "history.who"
    KIND: Final = "history.kind"
    SUBJECT: Final = "history.subject"
    FIELD: Final = "history.field"
    SINCE: Final = "history.since"
    TABLE: Final = "history.table"
    VERIFY: Final = "history.verify"
    EVERY: Final = "history.every"
