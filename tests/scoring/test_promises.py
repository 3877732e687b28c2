"""Promises 1, 3, 4, 5, 6 and 7 of the design, each on risks with one to five assessors."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.builders import a_launch, a_placement, present, verified
from tests.scoring.strategies import PICKS, SHARES, mitigations, registers, risks
from tracker.domain.words import EvidenceGrade, Factor, Level, Mechanism, MitigationStatus, View
from tracker.scoring.matrix import cell, cells
from tracker.scoring.mitigations import residual
from tracker.scoring.order import rank_key, ranked
from tracker.scoring.risk import risk_states
from tracker.scoring.score import level_of, level_rank

VIEWS = st.sampled_from(View)
WHO = st.integers(0, 4)
NOISE = 2e-9
"""Ends of bands are solved, so equal ones may differ in the last decimal that is kept."""


def state_of(inputs, profile):
    (state,) = risk_states([inputs], profile)
    return state


def with_assessment(inputs, who, **changed):
    """The same risk with one assessor's assessment changed."""
    listed = list(inputs.assessments)
    listed[who % len(listed)] = replace(listed[who % len(listed)], **changed)
    return replace(inputs, assessments=tuple(listed))


def with_pick(inputs, who, factor, pick):
    picks = inputs.assessments[who % len(inputs.assessments)].picks
    return with_assessment(inputs, who, picks=replace(picks, **{factor.value: pick}))


def assert_not_below(higher, lower):
    """Every figure of the first is at least that of the second."""
    assert higher.harm_score >= lower.harm_score
    assert higher.priority >= lower.priority
    assert level_rank(higher.level) >= level_rank(lower.level)
    for one, other in ((higher.band, lower.band), (higher.priority_band, lower.priority_band)):
        assert all(up >= down - NOISE for up, down in zip(one, other, strict=True))


def position(state, others):
    """Place of a risk in the queue among others, from 0 on."""
    return sum(rank_key(*other) < rank_key(state, a_launch()) for other in others)


class TestPromise1UnknownIsNeverLow:
    @given(registers())
    def test_unassessed_never_ranks_below_assessed(self, profile, register):
        states = risk_states(register, profile)
        queue = ranked([(state, a_launch()) for state in states])
        known = [state.current.level is not Level.UNASSESSED for state, _ in queue]
        assert known == sorted(known)

    @given(registers(), VIEWS)
    def test_unassessed_has_no_figure_no_cell_and_no_other_level(self, profile, register, view):
        states = risk_states(register, profile)
        unknown = [state for state in states if state.unassessed_because]
        for state in unknown:
            figures = state.figures(view)
            assert figures.level is Level.UNASSESSED
            assert figures.harm_score is figures.priority is None
            assert figures.band is figures.priority_band is None
            assert cell(state, view, profile) is None
        shown = sum(found.count for found in cells(states, view, profile).values())
        assert shown == len(states) - len(unknown)

    @given(risks())
    def test_the_owners_own_word_never_makes_a_risk_known(self, profile, inputs):
        owner = a_launch(owner=inputs.assessments[0].assessor)
        state = state_of(replace(inputs, launch=owner, assessments=inputs.assessments[:1]), profile)
        assert state.current.level is Level.UNASSESSED


class TestPromise3BusinessMovesOnlyTheOrderOfWork:
    @given(risks(), WHO, st.integers(1, 5), VIEWS)
    def test_a_business_pick_changes_no_harm_score_level_band_or_cell(
        self, profile, inputs, who, pick, view
    ):
        before = state_of(inputs, profile)
        after = state_of(with_pick(inputs, who, Factor.BUSINESS_IMPACT, pick), profile)
        one, other = before.figures(view), after.figures(view)
        assert (one.harm_score, one.level, one.band) == (other.harm_score, other.level, other.band)
        assert before.floored == after.floored
        assert cell(before, view, profile) == cell(after, view, profile)


class TestPromise4NothingCompensates:
    @given(risks())
    def test_a_figure_is_somebodys_own_and_no_average(self, profile, inputs):
        state = state_of(inputs, profile)
        assert state.inherent.harm_score in {score.harm_score for score in state.scores}
        assert state.inherent.priority in {score.priority for score in state.scores}
        assert state.inherent.level in {score.level for score in state.scores}

    @given(risks(), VIEWS)
    def test_nothing_lifts_the_floor_that_most_assessors_ask_for(self, profile, inputs, view):
        for who in range((len(inputs.assessments) + 1) // 2):
            inputs = with_pick(inputs, who, Factor.SEVERITY, 5)
            inputs = with_pick(inputs, who, Factor.REVERSIBILITY, 4)
        level = state_of(inputs, profile).figures(view).level
        assert level_rank(level) >= level_rank(Level.HIGH)

    @given(registers(), VIEWS)
    def test_low_risks_do_not_pay_for_a_high_one_in_their_cell(self, profile, register, view):
        states = risk_states(register, profile)
        for place, found in cells(states, view, profile).items():
            inside = [state for state in states if cell(state, view, profile) == place]
            assert all(
                level_rank(found.level) >= level_rank(state.figures(view).level) for state in inside
            )


class TestPromise5WorseNeverImproves:
    @given(risks(), WHO, st.sampled_from(Factor), VIEWS)
    def test_worsening_a_pick_of_anybody_never_lowers_a_figure(
        self, profile, inputs, who, factor, view
    ):
        pick = inputs.assessments[who % len(inputs.assessments)].picks.of(factor)
        worse = with_pick(inputs, who, factor, min(pick + 1, 5))
        assert_not_below(
            state_of(worse, profile).figures(view), state_of(inputs, profile).figures(view)
        )

    @given(registers(), risks(9), WHO, st.sampled_from(Factor))
    def test_worsening_a_pick_never_moves_a_risk_down_the_queue(
        self, profile, register, inputs, who, factor
    ):
        others = [(state, a_launch()) for state in risk_states(register, profile)]
        pick = inputs.assessments[who % len(inputs.assessments)].picks.of(factor)
        worse = with_pick(inputs, who, factor, min(pick + 1, 5))
        before, after = (position(state_of(one, profile), others) for one in (inputs, worse))
        assert after <= before

    @given(risks(), WHO, PICKS, VIEWS)
    def test_a_risk_all_whose_picks_get_worse_never_gets_lower(
        self, profile, inputs, who, added, view
    ):
        worse = inputs
        for factor, step in zip(Factor, added, strict=True):
            pick = worse.assessments[who % len(worse.assessments)].picks.of(factor)
            worse = with_pick(worse, who, factor, max(pick, step))
        assert_not_below(
            state_of(worse, profile).figures(view), state_of(inputs, profile).figures(view)
        )

    @given(risks(), mitigations(number=9), VIEWS)
    def test_one_more_mitigation_never_raises_a_figure(self, profile, inputs, added, view):
        more = replace(inputs, mitigations=(*inputs.mitigations, added))
        assert_not_below(
            state_of(inputs, profile).figures(view), state_of(more, profile).figures(view)
        )

    @given(risks(), SHARES, SHARES, st.sampled_from(Mechanism))
    def test_a_smaller_verified_share_never_lowers_what_is_current(
        self, profile, inputs, one, other, mechanism
    ):
        small, large = (
            replace(inputs, mitigations=(*inputs.mitigations, verified(share, 9, mechanism)))
            for share in sorted((one, other))
        )
        assert_not_below(state_of(small, profile).current, state_of(large, profile).current)

    @given(risks(), SHARES, st.sampled_from(MitigationStatus), st.sampled_from(Mechanism))
    def test_a_mitigation_that_is_no_longer_verified_never_lowers_what_is_current(
        self, profile, inputs, share, status, mechanism
    ):
        before = verified(share, 9, mechanism)
        after = replace(before, placement=a_placement(status, "M-9"))
        was, is_now = (
            state_of(replace(inputs, mitigations=(*inputs.mitigations, one)), profile).current
            for one in (before, after)
        )
        assert_not_below(is_now, was)

    @given(risks(), WHO, st.sampled_from(EvidenceGrade), VIEWS)
    def test_a_wider_grade_never_moves_a_score_and_never_narrows_a_band(
        self, profile, inputs, who, grade, view
    ):
        own = inputs.assessments[who % len(inputs.assessments)].grade
        sure = state_of(inputs, profile).figures(view)
        unsure = state_of(with_assessment(inputs, who, grade=max(own, grade)), profile).figures(
            view
        )
        assert (sure.harm_score, sure.priority, sure.level) == (
            unsure.harm_score,
            unsure.priority,
            unsure.level,
        )
        for narrow, wide in ((sure.band, unsure.band), (sure.priority_band, unsure.priority_band)):
            assert present(wide)[0] <= present(narrow)[0] + NOISE
            assert present(wide)[1] >= present(narrow)[1] - NOISE


class TestPromise6ARiskStandsAlone:
    @given(registers(), st.randoms(use_true_random=False))
    def test_adding_removing_or_shuffling_others_changes_nothing(self, profile, register, random):
        alone = {inputs.risk.ref: state_of(inputs, profile) for inputs in register}
        assert risk_states(register, profile) == list(alone.values())
        some = random.sample(register, random.randint(1, len(register)))
        assert risk_states(some, profile) == [alone[inputs.risk.ref] for inputs in some]

    @given(registers(), st.randoms(use_true_random=False))
    def test_the_queue_is_the_same_however_the_rows_come(self, profile, register, random):
        queue = [(state, a_launch()) for state in risk_states(register, profile)]
        shuffled = random.sample(queue, len(queue))
        assert ranked(shuffled) == ranked(queue)


class TestPromise7OnlyWhatIsVerifiedHereCountsToday:
    @given(risks())
    def test_residual_is_never_above_inherent_nor_projected_above_current(self, profile, inputs):
        state = state_of(inputs, profile)
        assert_not_below(state.inherent, state.current)
        assert_not_below(state.current, state.projected)
        assert 0.01 <= state.projected.remain <= state.current.remain <= state.inherent.remain == 1

    @given(risks())
    def test_another_model_version_starts_with_nothing_verified(self, profile, inputs):
        state = state_of(replace(inputs, launch=a_launch(model_version="x-2")), profile)
        assert state.current.remain == 1.0
        assert all(one.counted == 0.0 for one in state.mitigations)
        assert state.outdated

    @given(risks())
    def test_what_counts_names_a_verification_on_this_very_version(self, profile, inputs):
        verifications = {one.mitigation.ref: one.verification for one in inputs.mitigations}
        for one in state_of(inputs, profile).mitigations:
            if one.counted:
                assert present(one.placement).status is MitigationStatus.VERIFIED
                assert verifications[one.mitigation.ref].model_version == "x-1"


@given(risks(), VIEWS)
def test_the_level_is_the_upper_median_of_the_assessors_own_levels(profile, inputs, view):
    state = state_of(inputs, profile)
    figures = state.figures(view)
    own = sorted(
        level_rank(
            level_of(residual(score.harm_score, figures.remain), score.assessment.picks, profile)
        )
        for score in state.scores
    )
    assert level_rank(figures.level) == own[len(own) // 2]


@given(risks(), VIEWS)
def test_the_band_contains_the_score(profile, inputs, view):
    figures = state_of(inputs, profile).figures(view)
    for value, band in (
        (figures.harm_score, figures.band),
        (figures.priority, figures.priority_band),
    ):
        low, high = present(band)
        assert low < present(value) < high
