"""What a threshold means while it is typed."""

import pytest

from tests.readiness.gates import a_definition
from tracker.domain.words import Direction, Scale
from tracker.readers.gate_templates import packaged_gate_templates
from tracker.readiness.readings import Bar
from tracker.views import gate_draft

LOWER = a_definition(Direction.LOWER)


@pytest.mark.parametrize(
    ("bar", "never"),
    [
        (Bar(0.98, a_definition(), 0.95, 50), "is ≥ 94.1 %."),
        (Bar(0.98, a_definition(), 0.95, 148), "is ≥ 97.9 %."),
        (Bar(0.98, a_definition(), 0.95, 149), ""),
        (Bar(0.02, LOWER, 0.95, 148), "is ≤ 2.1 %."),
        (Bar(0.02, LOWER, 0.95, 149), ""),
        (Bar(98.0, a_definition(scale=Scale.PERCENT), 0.95, 50), "is ≥ 94.1 %."),
        (Bar(0.98, a_definition(), 0.95, None), ""),
        (Bar(3.0, a_definition(scale=Scale.NUMBER), 0.95, 2), ""),
    ],
)
def test_the_best_that_so_few_samples_can_show_is_said(bar: Bar, never: str) -> None:
    said = gate_draft.hint(bar).never
    assert said.endswith(never)
    assert bool(said) == bool(never)


def test_a_share_says_how_many_samples_and_a_number_does_not() -> None:
    share = gate_draft.hint(Bar(0.98, a_definition(), 0.95))
    assert share.takes == "To show it: with no failure 149 would do, with 3 failures 386."
    assert gate_draft.hint(Bar(3.0, a_definition(scale=Scale.NUMBER), 0.95)).takes == ""


def test_a_metric_of_another_scale_or_direction_than_the_template_is_pointed_out() -> None:
    known = {template.key: template for template in packaged_gate_templates()}
    template = known["harmful-requests-refused"]
    assert gate_draft.unlike(template, a_definition()) == ""
    assert "98 %" in gate_draft.unlike(template, a_definition(scale=Scale.PERCENT))
    assert "lower is better" in gate_draft.unlike(template, LOWER)
