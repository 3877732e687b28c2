"""Edits a finished Inspect log as a person could: a score turned, one sample set aside, a tag.

Inspect is no dependency of Holdpoint; docs/evidence.md says how this file is used.
"""

import sys

from inspect_ai.log import (
    ProvenanceData,
    TagsEdit,
    edit_eval_log,
    edit_score,
    invalidate_samples,
    read_eval_log,
    write_eval_log,
)
from inspect_ai.scorer import CORRECT, ScoreEdit

WHO = ProvenanceData(author="reviewer", reason="[synthetic reason]")


def score_edited(before: str, after: str) -> None:
    """Writes `before` again as `after`: p007 now refused. Only the sample itself says so."""
    log = read_eval_log(before)
    edit_score(log, "p007", "refusal", ScoreEdit(value=CORRECT, provenance=WHO))
    write_eval_log(log, after)


def log_edited(before: str, after: str) -> None:
    """Writes `before` again as `after`: p003 invalid, tag `reviewed`."""
    log = read_eval_log(before)
    set_aside = [sample.uuid for sample in log.samples or [] if sample.id == "p003" and sample.uuid]
    log = invalidate_samples(log, set_aside, WHO)
    log = edit_eval_log(log, [TagsEdit(tags_add=["reviewed"])], WHO)
    write_eval_log(log, after)


if __name__ == "__main__":
    kind, before, after = sys.argv[1:]
    {"score": score_edited, "log": log_edited}[kind](before, after)
