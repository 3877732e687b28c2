import pytest

from tracker.domain.errors import ImportRejected
from tracker.domain.review_words import Materiality
from tracker.readers.data_files import read_data
from tracker.readers.materiality import POLICY_FILE, packaged_materiality, read_materiality


def rejected(before: str, after: str) -> dict[str, str]:
    """Spoil one place of the packaged file and return what is reported."""
    text = read_data(POLICY_FILE).decode()
    assert text.count(before) == 1, before
    with pytest.raises(ImportRejected) as caught:
        read_materiality(text.replace(before, after).encode(), POLICY_FILE)
    return caught.value.rows


@pytest.mark.parametrize(
    ("kind", "field", "weight"),
    [
        ("launch", "target_date", Materiality.EDITORIAL),
        ("risk", "owner", Materiality.EDITORIAL),
        ("risk", "scenario", Materiality.MATERIAL),
        ("gate", "planned_on", Materiality.EDITORIAL),
        ("gate", "threshold", Materiality.MATERIAL),
        ("gate", "withdrawal_confirmed_by", Materiality.BLOCKING),
        ("launch", "model_version", Materiality.BLOCKING),
        ("launch", "configuration", Materiality.BLOCKING),
        ("launch", "exposure_asked", Materiality.BLOCKING),
        ("role", "person", Materiality.BLOCKING),
        ("gate result", "zero_tolerance_failure", Materiality.BLOCKING),
        ("a kind of next year", "a field of next year", Materiality.MATERIAL),
    ],
)
def test_m1_weighs_changes_as_published(kind: str, field: str, weight: Materiality) -> None:
    assert packaged_materiality().of(kind, field) is weight


def test_m1_names_its_version_and_owner() -> None:
    policy = packaged_materiality()
    assert (policy.version, policy.owner, policy.effective) == ("M1", "policy-lead", "2026-11-24")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("version: M1", "vers: M1", "field required"),
        ("[due, release", "[due, due, release", "placement names due twice"),
        ('role: ["*", person]', 'role: ["*", person]\n  risk: [owner]', "risk names owner twice"),
        ("effective: 2026-11-24", "effective: soon", "valid date"),
        ("metric definition: [note]", "metric definition: []", "at least 1 item"),
    ],
)
def test_a_file_that_is_not_sound_is_refused(before: str, after: str, message: str) -> None:
    assert any(message in problem for problem in rejected(before, after).values())
