import pytest

from tracker.scoring.nist import LEVELS, nist_level, nist_likelihood

SHORT = dict(zip(("VL", "L", "M", "H", "VH"), LEVELS, strict=True))
STEPS = [(row, column) for row in range(1, 6) for column in range(1, 6)]


@pytest.mark.parametrize(("row", "column"), STEPS)
def test_every_cell_of_nist_sp_800_30_table_i2(row, column, published):
    expected = published["nist_800_30_table_I2"]["expected"]
    assert nist_level(row, column) == SHORT[expected[list(SHORT)[row - 1]][column - 1]]


@pytest.mark.parametrize(("row", "column"), STEPS)
def test_every_cell_of_nist_sp_800_30_table_g5(row, column, published):
    expected = published["nist_800_30_table_G5"]["expected"]
    assert nist_likelihood(row, column) == SHORT[expected[list(SHORT)[row - 1]][column - 1]]


@pytest.mark.parametrize("table", [nist_level, nist_likelihood])
def test_a_step_up_never_lowers_a_nist_level(table):
    for row, column in STEPS:
        own = LEVELS.index(table(row, column))
        assert LEVELS.index(table(min(row + 1, 5), column)) >= own
        assert LEVELS.index(table(row, min(column + 1, 5))) >= own
