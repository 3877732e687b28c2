"""The keys of the JSON about evidence and launch criteria, each with its meaning."""

from collections.abc import Mapping
from typing import Final

STATUS: Final[Mapping[str, str]] = {
    "launch": "key of the launch",
    "verdict": "`Not ready`, `Ready with conditions` or `Ready`, by rule",
    "reasons": "each reason with `code`, `text`, `remedy`, `holds`, `subject`",
    "gates": "gates in force by state; all six states are there, the worst first",
    "path": "the smallest sets of work that reach the verdict `target`: steps that every set has "
    "(`shared`), what each has besides (`alternatives`), whether there are `more`, what no work on "
    "record can turn (`blocked`), and `decisions` that somebody may take instead. A step has "
    "`kind`, `subject`, `text`, `assumes`, `days`",
    "deploy": "for `--deploy`: `version`, `configuration`, `stage`, `answer` (on the scale of the "
    "verdict), `covered`, `cover` (the kind of cover, or of its lack), `decision`, `until`, "
    "`override` (its reason), `why`; else null",
}

GATE: Final[Mapping[str, str]] = {
    "ref": "reference, such as `gpt-4v-2023-09/G-3`",
    "title": "title of the gate",
    "state": "`missing`, `planned`, `failed`, `stale`, `inconclusive` or `passed`; a waiver does "
    "not change it",
    "why": "the state's reason in a few words",
    "settles": "what would settle it; empty where nothing simple can be said",
    "must_pass": "false for an advisory gate, which never changes the verdict",
    "waived_until": "last day of the waiver that lies over it, or null",
    "threshold": "what it asks in words, such as `≥ 98 %`; `attested` for a person's word",
    "shown": "the observed figure with its bounds and n in words; empty without one",
    "area": "code of its policy area",
    "run": "reference of the run that it reads, or null",
    "holds": "whether it keeps the launch from being ready",
    "withdrawn": "whether two people took it away; it then counts no more",
}

SHOWN_GATE: Final[Mapping[str, str]] = {
    **GATE,
    "kind": "`measured` or `attested`",
    "tool": "the tool whose results it reads, or null",
    "task": "the task that it reads, or null",
    "metric": "the metric that it reads, or null",
    "configuration": "the configuration whose results it reads, or null",
    "threshold_value": "the threshold in the metric's own scale, or null",
    "coverage": "`overall` or `every slice`",
    "confidence": "one-sided confidence of the bounds",
    "min_n": "least n, or null",
    "max_age_days": "greatest age of a run in days, or null",
    "baseline": "reference of the run that it must not be worse than, or null",
    "margin": "loss against the baseline that still passes, or null",
    "statement": "what has to be attested",
    "rationale": "why it is there",
    "planned_on": "day for which a run or an attestation is booked, or null",
    "planned_by": "key of the person who makes it, or null",
    "planned_n": "its n, or null",
    "written_by": "key of the person who wrote the gate",
    "withdrawal_asked_by": "key of the person who asked to withdraw it, or null",
    "withdrawal_reason": "why",
    "withdrawal_confirmed_by": "key of the second person, or null",
    "origin": "`entered`, `published` or `illustrative judgement`",
    "definition": "`direction`, `scale`, `note`, `defined_by` of its metric, or null",
    "reading": "the overall figure or the worst slice: `slice`, `qualifier`, `observed`, "
    "`worst_case`, `low`, `high`, `n`, `state`, `why`; or null",
    "slices": "the same of every slice, where it asks for each",
    "comparison": "`baseline`, `difference` (positive is better), `low`, `high`, `differences` "
    "that make the two not comparable, `state`, `why`; or null",
    "attestation": "`met`, `statement`, `document`, `document_sha256`, `attested_by`, "
    "`attested_on`, `expires`; or null",
    "waiver": "the latest, in force or not: `state`, `why`, `overrides`, `threshold`, `evidence`, "
    "`reason`, `compensation`, `until`, `requested_by`, `requested_at`, `officer`, `approver`, "
    "`ended_by`; or null",
}

_PROVENANCE: Final[Mapping[str, str]] = {
    "ref": "reference, such as `gpt-4v-2023-09/E-5`",
    "launch": "key of its launch",
    "file": "name of the file that it came in",
    "part": "tells the runs of one file apart; empty where it holds one",
    "sha256": "of the file's bytes",
    "size": "of the file in bytes",
    "format": "what the file was recognised as",
    "tool": "the tool that made it",
    "tool_version": "its version; empty where the file does not say",
    "run_id": "the tool's own id; empty where it has none",
    "ran_at": "when it was made, or null",
    "model_version": "the model as the file names it",
    "configuration": "the configuration that was measured, as the importer said",
    "exposure_stage": "the stage that the launch asked for when it was imported",
    "safeguards": "`on`, `off` or `not stated`",
    "flags": "what weakens it",
    "warnings": "what the importer should have read",
    "source": "document and section of a published figure",
    "imported_by": "key of the person who imported it",
    "imported_at": "when",
    "origin": "`entered`, `published` or `illustrative judgement`",
    "same_release": "whether it is about the launch's version, configuration and stage",
}

_METRICS: Final = (
    "each metric: `id`, `task`, `metric`, `slice` (empty for all of it), `value`, `stderr`, `n`, "
    "`passed`, `failed`, `errored`, `qualifier`, `unit`, `standing` (`counts`, or why it does "
    "not), `direction` and `scale` (null until somebody says), `gates` that read it, `risks`, "
    "`equivalent` (whether somebody said why it counts for this release)"
)

RUN: Final[Mapping[str, str]] = {**_PROVENANCE, "metrics": _METRICS}

SHOWN_RUN: Final[Mapping[str, str]] = {
    **_PROVENANCE,
    "metrics": f"{_METRICS}; also `conditions`, and `corrections` with `kind`, `task`, `metric`, "
    "`reason`, `corrected_by`, `corrected_at`",
    "equivalences": "why it counts for another release: `model_version`, `configuration`, "
    "`exposure_stage`, `reason`, `stated_by`, `stated_at`",
    "confirmations": "of self-reported figures: `note`, `confirmed_by`, `confirmed_at`",
}

IMPORT: Final[Mapping[str, str]] = {
    "launch": "key of the launch",
    "taken_in": "references of the runs that were written; empty with `--preview`, where a file "
    "was refused, and where everything was here already",
    "runs": "every run of the files that can be read: `file`, `part`, `sha256`, `format`, `status` "
    "(`new`, `changed`, `already here`), `resembles` (the run that it repeats or calls itself, or "
    "null), `tool`, `tool_version`, `ran_at`, `model_version`, `same_version`, `configuration`, "
    "`safeguards`, `flags`, `warnings`, `contradicted` (metrics whose direction the file and the "
    "register tell differently), `gates` in whose slot it lies, `metrics` (`task`, `metric`, "
    "`slice`, `value`, `stderr`, `n`, `passed`, `failed`, `errored`, `qualifier`, `unit`)",
    "refused": "every bad place: `file`, `place`, `why`; while there is one, nothing is taken in",
    "passed_over": "files of a folder that are plainly no results: `file`, `why`",
    "undefined": "`tool` and `metric` of which nobody has said which way is good",
}
