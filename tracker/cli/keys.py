"""The keys of the JSON that commands print, each with its meaning; they stay stable."""

from collections.abc import Mapping
from typing import Final

from tracker.cli.keys_evidence import GATE, IMPORT, RUN, SHOWN_GATE, SHOWN_RUN, STATUS

RANK: Final[Mapping[str, str]] = {
    "rank": "place in the queue over all launches, from 1 on; null for a closed risk",
    "ref": "reference of the risk, such as `gpt-4v-2023-09/R-6`",
    "launch": "key of its launch",
    "title": "title of the risk",
    "policy_area": "code of its primary policy area",
    "level": "current level; `UNASSESSED` where nobody's judgement counts",
    "harm_score": "current harm score in points, unrounded; null where UNASSESSED",
    "priority": "current priority in points, unrounded; null where UNASSESSED",
    "business_impact": "pick (1 to 5) of the assessor whose priority stands for the risk, or null",
    "status": "`open` or `closed`",
    "reason": "why it stands where it stands, in one sentence",
    "band": "5 % and 95 % quantile of the current harm score, or null",
    "priority_band": "the same of the priority, or null",
    "outdated": "whether a judgement that counts is about another version or stage",
    "illustrative": "whether a judgement that counts was made for the demo only",
    "holds_launch": "whether the risk is a reason that its launch is Not ready",
    "owner": "key of the person who owns the risk, or null",
}

LAUNCH: Final[Mapping[str, str]] = {
    "launch": "key of the launch",
    "name": "its name",
    "verdict": "`Not ready`, `Ready with conditions` or `Ready`, by rule",
    "reasons": "every reason in plain words, the worst kind first",
    "review_status": "where the work is",
    "exposure_stage": "where the model runs",
    "target_date": "day that ends at 24:00 UTC",
    "levels": "open risks by current level; all six levels are there, `UNASSESSED` too",
    "exposure_asked": "the stage that the launch asks for",
    "as_of": "day as of which a historical launch is read, else null",
    "model_version": "the version under review",
    "configuration": "the configuration under review",
    "owner": "key of the launch owner, or null",
    "gates": "gates in force by state; all six states are there, the worst first",
}

SHOWN_RISK: Final[Mapping[str, str]] = {
    **RANK,
    "scenario": "what could go wrong, by whom, to whom, by what path",
    "also_touches": "codes of further policy areas",
    "tags": "codes of public taxonomies",
    "due": "due date, or null",
    "source": "document and section of a published fact",
    "origin": "`entered`, `published` or `illustrative judgement`",
    "unassessed_because": "why nobody's judgement counts; empty where one does",
    "floored": "whether the floor for catastrophic, hardly reversible harm holds the level up",
    "closure": "reason, note and people of a closure that was asked or confirmed, or null",
    "inherent": "`harm_score`, `priority`, `level`, `band`, `priority_band`, `remain` without "
    "mitigations",
    "current": "the same with what is verified today",
    "projected": "the same with what is planned, in progress, implemented or verified",
    "parts": "summands of the current priority: `name`, `words`, `points`, and the `assessor` "
    "whose sum it is",
    "harm_parts": "the same of the current harm score",
    "explanation": "the current priority as a sum in words",
    "assessments": "all of them, newest first: `id`, `assessor`, `assessor_name`, `picks`, "
    "`grade`, `harm_score`, `priority`, `level`, `counted`, `superseded`, `outdated`, "
    "`submitted_at`, `model_version`, `configuration`, `exposure_stage`, `reasons`, "
    "`rationale`, `confirms`, `origin`",
    "mitigations": "`ref`, `title`, `mechanism`, `status`, `low`, `best`, `high`, `introduces`, "
    "`counted`, `adds_nothing`, `outdated_verification`",
}

SHOWN_LAUNCH: Final[Mapping[str, str]] = {
    **LAUNCH,
    "summary": "what is launched",
    "surfaces": "where people meet it",
    "origin": "`entered`, `published` or `illustrative judgement`",
    "people": "who holds which role on the launch",
    "verdict_reasons": "each reason with `code`, `text`, `remedy`, `holds`, `subject`",
    "levels_inherent": "open risks by level without mitigations",
    "levels_projected": "open risks by level with planned mitigations too",
    "areas": "each policy area with `area`, `applicability`, `state`, `worst`, `risks`",
    "risks": "open risks in queue order, with the keys of `rank`",
    "mitigations": "`ref`, `title`, `status`, `mandatory`, `verified_now`, `due`",
}

SHOWN_MITIGATION: Final[Mapping[str, str]] = {
    "ref": "reference, such as `M-7`",
    "title": "title of the mitigation",
    "summary": "what it does",
    "mechanism": "prevent, detect, contain or recover",
    "layer": "where in the product it sits",
    "owner": "key of the person who delivers it, or null",
    "team": "key of the team, or null",
    "efforts": "person-days still to spend, by team",
    "duration": "shortest, likely and longest calendar days, or null",
    "source": "document and section of a published fact",
    "origin": "`entered`, `published` or `illustrative judgement`",
    "launches": "where it is placed: `launch`, `status`, `mandatory`, `due`",
    "effects": "what it does to risks: `risk`, `low`, `best`, `high`, `introduces`, `basis`",
    "verifications": "`launch`, `risk`, `kind`, `share`, `verified_by`, `verified_on`, "
    "`model_version`, `evidence`",
}

SNAPSHOT: Final[Mapping[str, str]] = {
    "ref": "reference of the latest snapshot, such as `gpt-4v-2023-09/S-1`",
    "sha256": "of its canonical document",
    "taken_at": "when it was taken",
    "review": "reference of the review that took it",
    "taken_by": "key of the person who took it",
    "authenticated": "whether that identity was checked",
    "as_of": "the day whose clocks counted",
    "policy": "version of the materiality policy",
    "sections": "each with `name` and three hashes: `material` (signatures rest on it), "
    "`blocking`, `whole`",
    "earlier": "earlier snapshots of the launch, newest first: `ref`, `sha256`, `taken_at`",
}

CHECK: Final[Mapping[str, str]] = {
    "ok": "false as soon as one finding is an error",
    "version": "version of Holdpoint",
    "register": "address of the register without its password, or null",
    "findings": "each with `id`, `severity` (`error`, `warning`, `info`), `what`, `hint`",
}

VERIFY: Final[Mapping[str, str]] = {
    "sound": "whether chain, rows, snapshots and exports are all as they were written",
    "length": "number of records",
    "head": "hash of the last record",
    "first_break": "position of the first record that does not fit, or null",
    "broken": "that record: `seq`, `at`, `actor`, `actor_name`, `action`, `entity`, `subject`, "
    "each null where it cannot be read; null where the chain is sound",
    "rows": "each row that is not as the record says: `entity`, `ref`, `field` (empty for the "
    "whole row), `fault`, `record` (position, or null); empty where the chain is broken",
    "documents": "each snapshot or stored export that its SHA-256 does not fit: `ref`, `fault`",
    "snapshot": "with `--snapshot`: `ref`, `sha256`, `taken_at`, `taken_by`, `authenticated`, "
    "`export` (what the file given is: `sha256`, `kind`, `format`, `made_at`, `made_by`, or null "
    "where it is none of this snapshot's); null without",
}

INBOX: Final[Mapping[str, str]] = {
    "person": "key of the person for whom it waits",
    "kind": "what kind of thing waits, such as `sign off`",
    "launch": "key of the launch, or null where it belongs to none",
    "subject": "reference of what it is about, such as `gpt-4v-2023-09/R-6`",
    "text": "what to do, in one line of references, codes and levels",
    "due": "last day, or null where nothing is due",
}

COMMANDS: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "launches": {"Each launch": LAUNCH},
    "risks": {"Each risk": RANK},
    "rank": {"Each risk": RANK},
    "show": {
        "A risk": SHOWN_RISK,
        "A launch": SHOWN_LAUNCH,
        "A mitigation": SHOWN_MITIGATION,
        "A gate": SHOWN_GATE,
        "An evidence run": SHOWN_RUN,
    },
    "status": {"The answer": STATUS},
    "snapshot": {"The latest": SNAPSHOT},
    "inbox": {"Each thing": INBOX},
    "gates": {"Each gate": GATE},
    "evidence": {"Each run": RUN},
    "import evidence": {"The outcome": IMPORT},
    "check": {"The result": CHECK},
    "verify": {"The result": VERIFY},
}
"""Command to the objects that its `--json` prints."""
