from tests.views.conftest import PROFILE
from tracker.domain.words import Factor, Level
from tracker.views import profile as view


def test_the_profile_names_its_version_and_owner() -> None:
    shown = view.profile_view(PROFILE)
    assert shown.headline == "P1: Expected harm in powers of ten"
    assert PROFILE.owner in shown.signed_by


def test_every_anchor_stands_with_its_points() -> None:
    for scale in PROFILE.scales.values():
        frame = view.anchors(scale)
        assert list(frame["pick"]) == [1, 2, 3, 4, 5]
        assert list(frame["anchor"]) == [anchor.text for anchor in scale.anchors]
    assert view.anchors(PROFILE.scales[Factor.LIKELIHOOD])["points"].iloc[0] == "−3.5"


def test_the_levels_run_from_critical_down_and_unknown_is_said_never_to_be_low() -> None:
    frame = view.profile_view(PROFILE).levels
    assert list(frame["level"]) == [
        *(str(level) for level, _ in PROFILE.lower_bounds),
        str(Level.VERY_LOW),
        str(Level.UNASSESSED),
    ]
    assert frame["harm_score"].iloc[0] == "7 and above"
    assert "never low" in frame["harm_score"].iloc[-1]


def test_floor_mitigations_and_trade_offs_are_in_plain_words() -> None:
    shown = view.profile_view(PROFILE)
    assert "never below High" in shown.floor
    assert "10 %" in shown.mitigations
    assert len(shown.trade_offs) == len(PROFILE.trade_offs)


def test_the_matrix_has_five_rows_and_five_columns() -> None:
    frame = view.profile_view(PROFILE).cuts
    assert list(frame["step"]) == [1, 2, 3, 4, 5]
    assert frame["likelihood"].is_unique
    assert frame["harm"].is_unique


def test_every_table_has_the_columns_that_it_names() -> None:
    for frame, columns, _name in view.tables_of(view.profile_view(PROFILE)):
        assert list(frame.columns) == list(columns)
