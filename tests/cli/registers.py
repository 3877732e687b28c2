"""A launch that lacks nothing but the results of one evaluation, and results that settle it."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.cast import DANA
from tests.evidence_factories import a_gate, a_metric
from tests.factories import AURORA, a_launch, a_risk, a_scope, an_assessment
from tracker.domain.words import Applicability, EvidenceGrade
from tracker.readers.areas import packaged_areas
from tracker.store.engine import Store

RESULTS = Path(__file__).parents[1] / "data" / "evidence"
SETTLING = RESULTS / "inspect" / "inspect-0.3.285-refusals.eval"
"""57 of 60, which shows at least 85 %, with the model that the launch names."""

TASK, METRIC = "refusals", "refusal/accuracy"
Picks = tuple[int, int, int, int, int]
LOW: Picks = (2, 1, 2, 1, 5)
MODERATE: Picks = (4, 2, 4, 2, 1)
SURE, UNSURE = EvidenceGrade.A, EvidenceGrade.D
IMPORT = ("import", "evidence")
FOR_AURORA = ("--launch", AURORA, "--as", "dana")


@contextmanager
def own_register(home: Path) -> Generator[Store]:
    """The register in a data folder, opened."""
    store = Store.open(f"sqlite:///{home / 'register.db'}")
    try:
        yield store
    finally:
        store.dispose()


def a_launch_without_results(
    home: Path, register_with_cast: Path, picks: Picks = LOW, grade: EvidenceGrade = SURE
) -> str:
    """One area in scope, its risk judged, its gate written and nothing measured."""
    home.mkdir()
    shutil.copy(register_with_cast, home / "register.db")
    with own_register(home) as store:
        a_launch(store, model_version="mockllm/model")
        for area in packaged_areas():
            if area.code == "fraud_scams":
                a_scope(store)
            else:
                a_scope(
                    store,
                    area=area.code,
                    applicability=Applicability.NOT_APPLICABLE,
                    reason="It makes no such thing.",
                    confirmed_by="eli",
                )
        an_assessment(store, a_risk(store), DANA, picks, grade=grade)
        a_metric(store, METRIC)
        a_gate(store, task=TASK, metric=METRIC, threshold=0.85)
    return AURORA
