"""Errors say what happened and what to do next."""

from tracker.domain.errors import ImportRejected, InvalidInput, NotFound, StaleEdit


def test_invalid_input_names_every_field():
    error = InvalidInput({"title": "is missing", "area": "is unknown"})
    assert str(error) == "title: is missing; area: is unknown. Correct it and save again."


def test_a_problem_that_is_a_question_keeps_its_own_mark():
    error = InvalidInput({"x": "did you mean y?"}, "Look again.")
    assert str(error) == "x: did you mean y? Look again."


def test_a_rejected_file_names_every_place_and_takes_nothing():
    error = ImportRejected("areas.yaml", {"areas.0": "is wrong"})
    assert error.rows == {"areas.0": "is wrong"}
    assert "areas.yaml, areas.0: is wrong. Nothing was taken in" in str(error)


def test_not_found_offers_what_is_near():
    assert "Did you mean aurora-1?" in str(NotFound("launch", "aurora", ["aurora-1"]))
    assert "Check the reference of the launch." in str(NotFound("launch", "x"))


def test_not_found_shortens_a_long_reference():
    assert len(NotFound("launch", "x" * 10_000).what) < 200


def test_a_stale_edit_saved_nothing():
    assert "nothing was saved" in str(StaleEdit("risk", "aurora-1/R-1"))
