"""What goes into a readiness bundle, made of a summary of a snapshot and the snapshot itself."""

from dataclasses import dataclass
from typing import Any, Final

from tracker.domain.errors import ExportUnavailable
from tracker.domain.report import Proceedings, ReadinessReport
from tracker.domain.words import ExportFormat
from tracker.exports.bundle.archive import digest, pack
from tracker.exports.bundle.standalone.checking import DECISIONS, SNAPSHOT
from tracker.exports.bundle.verifier import verifier
from tracker.exports.formats import export
from tracker.sealing.canonical import canonical_bytes
from tracker.sealing.plain import as_plain

VERIFIER: Final = "verify.pyz"
EVIDENCE: Final = "evidence_manifest.json"
README: Final = "README.txt"


@dataclass(frozen=True, slots=True)
class Bundled:
    """What a bundle is made of.

    Attributes:
        report: The summary of the snapshot.
        proceedings: What was signed and decided on it.
        document: The snapshot, as stored.
        ref: Reference of the snapshot, such as `gpt-4v-2023-09/S-1`.
    """

    report: ReadinessReport
    proceedings: Proceedings
    document: bytes
    ref: str


def bundled(report: ReadinessReport, document: bytes) -> tuple[bytes, str]:
    """Return the bundle of a summary of a snapshot, and the reference of that snapshot.

    Args:
        report: Made from the snapshot, with what was signed and decided on it.
        document: The snapshot, as stored.

    Raises:
        ExportUnavailable: The summary was not made from a snapshot.
    """
    said = report.proceedings
    if said is None or said.snapshot is None:
        raise ExportUnavailable(
            "A bundle is made from a snapshot, and this summary was not.", "Start a review first."
        )
    ref = said.snapshot.ref
    return bundle(Bundled(report, said, document, ref)), ref


def bundle(made_of: Bundled) -> bytes:
    """Return the bundle as a ZIP; equal arguments give equal bytes."""
    report = made_of.report
    files = {f"summary.{one.value}": export(report, one) for one in ExportFormat}
    files |= {
        SNAPSHOT: made_of.document,
        EVIDENCE: canonical_bytes(_evidence(report)),
        DECISIONS: canonical_bytes(_decisions(made_of)),
        README: _readme(made_of),
        VERIFIER: verifier(),
    }
    about = {
        "kind": "holdpoint readiness bundle 1",
        "launch": report.state.launch.key,
        "snapshot": {"ref": made_of.ref, "sha256": digest(made_of.document)},
        "verdict": report.state.verdict.value,
        "generated_at": report.generated_at,
        "product_version": report.product_version,
        "audit_chain": as_plain(report.chain),
    }
    return pack(files, about)


def _evidence(report: ReadinessReport) -> dict[str, Any]:
    return {
        "launch": report.state.launch.key,
        "runs": [
            {
                "ref": run.ref,
                "file_name": run.file_name,
                "sha256": None if run.withheld else run.sha256,
                "size": run.size,
                "format": run.format.value,
                "tool": run.tool,
                "model_version": run.model_version,
                "imported_by": run.imported_by,
                "imported_at": run.imported_at,
                "withheld": run.withheld,
            }
            for run in report.ledger.runs
        ],
    }


def _decisions(made_of: Bundled) -> dict[str, Any]:
    said = made_of.proceedings
    return {
        "snapshot": made_of.ref,
        "sign_offs": [as_plain(one.sign_off) for one in said.sign_offs],
        "recommendations": [as_plain(one) for one in said.recommendations],
        "decisions": [as_plain(one) for one in said.decisions],
        "conditions": [as_plain(one) for one in said.conditions],
        "acceptances": [as_plain(one) for one in said.acceptances],
        "exposures": [as_plain(one) for one in said.exposures],
        "minutes": [as_plain(one) for one in said.notes],
    }


def _readme(made_of: Bundled) -> bytes:
    launch = made_of.report.state.launch
    return f"""Readiness bundle of {launch.key}, snapshot {made_of.ref}

summary.*               the readiness summary in six formats
snapshot.json           what the launch was when it was signed, in canonical form
decisions.json          sign-offs, recommendation, decisions, conditions, acceptances, minutes
evidence_manifest.json  every evidence file with its SHA-256
MANIFEST.json           every file of this bundle with its SHA-256
verify.pyz              checks all of this offline, with Python 3.11 and nothing else

    unzip bundle.zip verify.pyz
    python verify.pyz bundle.zip

It names every file that was changed, hashes each section of the snapshot again, and works out
every score and the verdict again by the rules of release {made_of.report.product_version}.

A verifier that comes in the same file proves nothing about itself. Compare the SHA-256 of this
bundle with the one in the register's history (action "export a readiness summary"), or take
the verifier from a bundle that you trust.
""".encode()
