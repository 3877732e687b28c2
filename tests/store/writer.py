"""A process that writes until it is killed, and says after each commit what it has committed."""

import sys

from tests.cast import DANA
from tests.factories import AURORA
from tracker.domain.words import EvidenceGrade, ExposureStage
from tracker.store.engine import Store
from tracker.store.history import Stamp, utc_now
from tracker.store.tables import Assessment, Risk, risk_ref
from tracker.store.writes import next_risk_number


def main(url: str) -> None:
    """Add a risk with two assessments per transaction, and print its reference once it is safe."""
    store = Store.open(url)
    while True:
        at = utc_now()
        with store.writing(Stamp(DANA, "create or edit a risk", at=at)) as session:
            number = next_risk_number(session, AURORA)
            ref = risk_ref(AURORA, number)
            session.add(
                Risk(
                    ref=ref,
                    launch=AURORA,
                    number=number,
                    title=f"Risk {number}",
                    scenario="x" * 3000,
                    area="privacy",
                    created_at=at,
                )
            )
            session.add_all(an_assessment(ref, assessor) for assessor in ("dana", "eli"))
        sys.stdout.write(f"{ref}\n")
        sys.stdout.flush()


def an_assessment(risk: str, assessor: str) -> Assessment:
    """Return an ordinary assessment."""
    return Assessment(
        risk=risk,
        assessor=assessor,
        likelihood=3,
        severity=3,
        exposure=3,
        reversibility=3,
        business_impact=3,
        grade=EvidenceGrade.C,
        model_version="v1",
        configuration="as shipped",
        exposure_stage=ExposureStage.STAGED_ROLLOUT,
        submitted_at=utc_now(),
    )


if __name__ == "__main__":
    main(sys.argv[1])
