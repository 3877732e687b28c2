"""Random risks for the promises: one to five assessors, mitigations in every state."""

from dataclasses import replace

from hypothesis import strategies as st

from tests.scoring.builders import (
    a_launch,
    a_mitigation,
    a_placement,
    a_verification,
    an_assessment,
    an_effect,
    risk_inputs,
)
from tracker.domain.state import MitigationInputs
from tracker.domain.words import EvidenceGrade, Mechanism, MitigationStatus, VerificationKind

ASSESSORS = ("ben", "cleo", "dan", "eva", "fay")
PICKS = st.tuples(*[st.integers(1, 5)] * 5)
SHARES = st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 0.99, 0.999]) | st.floats(0, 0.999)
VERSIONS = st.sampled_from(["x-1", "x-1", "x-0"])


@st.composite
def assessments(draw, most=5):
    """One assessment of each of one to five people, sometimes of an older model version."""
    count = draw(st.integers(1, most))
    return tuple(
        replace(
            an_assessment(draw(PICKS), assessor, draw(st.sampled_from(EvidenceGrade)), id_=id_),
            model_version=draw(VERSIONS),
        )
        for id_, assessor in enumerate(ASSESSORS[:count], start=1)
    )


@st.composite
def mitigations(draw, number=1):
    """One mitigation in any status, with any verification or none, sometimes introducing."""
    ref = f"M-{number}"
    introduces = draw(st.integers(0, 9)) == 0
    low, best = sorted((draw(SHARES), draw(SHARES)))
    kind = draw(st.sampled_from(VerificationKind))
    share = low if kind is VerificationKind.IN_PLACE else draw(SHARES)
    verification = replace(a_verification(share, kind), model_version=draw(VERSIONS))
    return MitigationInputs(
        mitigation=a_mitigation(number, draw(st.sampled_from(Mechanism))),
        placement=a_placement(draw(st.sampled_from(MitigationStatus)), ref),
        effect=replace(an_effect(best, low, ref), introduces=introduces),
        verification=draw(st.sampled_from([verification, verification, None])),
    )


@st.composite
def several_mitigations(draw, most=4):
    return tuple(draw(mitigations(number)) for number in range(1, draw(st.integers(0, most)) + 1))


@st.composite
def risks(draw, number=1, launch=None):
    """One assessed risk."""
    return risk_inputs(
        *draw(assessments()),
        mitigations=draw(several_mitigations()),
        number=number,
        launch=launch or a_launch(),
    )


@st.composite
def registers(draw):
    """One to five risks of one launch, some of which nobody or only the owner has assessed."""
    made = [draw(risks(number)) for number in range(1, draw(st.integers(1, 5)) + 1)]
    emptied = draw(st.lists(st.sampled_from(["keep", "nobody", "owner"]), min_size=5, max_size=5))
    return [without(inputs, how) for inputs, how in zip(made, emptied, strict=False)]


def without(inputs, how):
    if how == "keep":
        return inputs
    if how == "nobody":
        return replace(inputs, assessments=())
    return replace(inputs, assessments=(replace(inputs.assessments[0], assessor="ada"),))
