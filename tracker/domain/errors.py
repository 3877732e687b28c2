"""One tree of errors, each saying what happened, to which object, and what to do next.

HoldpointError
├── InvalidInput          what was typed or sent is not acceptable (fields)
│   └── ImportRejected    a file has bad rows; nothing was taken (rows)
│       └── NotAResult    a file that is plainly no result, such as a log beside one
├── SignInRefused         whoever signed in is nobody whom the register lets in
├── NotFound              a reference names nothing
├── RuleViolation         the rules of the register forbid it
│   ├── NotPermitted      the acting person does not hold the role
│   ├── SelfApproval      author and verifier must differ
│   └── TransitionNotAllowed
├── StaleEdit             somebody changed it meanwhile
├── ExportUnavailable     this export cannot be made
├── DataFileMissing       a file that ships with Holdpoint is not there
└── StoreError            the database cannot be used
    ├── SchemaOutOfDate   a command mends it
    ├── SchemaUnknown     made by a newer release
    ├── StoreLocked       another process writes for too long
    └── StoreCorrupt      the file is not a sound register
"""

from collections.abc import Mapping, Sequence


class HoldpointError(Exception):
    """The root: every error that Holdpoint raises on purpose.

    Attributes:
        what: What happened, in one sentence.
        remedy: What to do next, in one sentence; empty where nothing can be done.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(f"{what} {remedy}".strip())
        self.what = what
        self.remedy = remedy


class InvalidInput(HoldpointError):
    """Something typed or sent is not acceptable.

    Attributes:
        fields: Field name to what is wrong with it.
    """

    def __init__(
        self, fields: Mapping[str, str], remedy: str = "Correct it and save again."
    ) -> None:
        self.fields = dict(fields)
        listed = "; ".join(f"{field}: {problem}" for field, problem in self.fields.items())
        super().__init__(listed if listed.endswith((".", "?", "!")) else f"{listed}.", remedy)


class ImportRejected(InvalidInput):
    """A file was refused whole; every bad row is named.

    Attributes:
        rows: Place in the file (line, row or path of keys) to what is wrong there; with an empty
            source, places in several files that name their file.
    """

    def __init__(self, source: str, rows: Mapping[str, str]) -> None:
        self.rows = dict(rows)
        before = f"{source}, " if source else ""
        super().__init__(
            {f"{before}{place}": problem for place, problem in rows.items()},
            "Nothing was taken in; correct the file and try again.",
        )


class NotAResult(ImportRejected):
    """A file is plainly no result: a companion of one, of a known other kind, or mere text.

    Among the files of a folder it may be passed over; handed in by itself it is refused.
    """


class SignInRefused(HoldpointError):
    """Nobody signed in, or nobody whom the register lets in."""


class NotFound(HoldpointError):
    """A reference names nothing in this register."""

    def __init__(self, noun: str, ref: str, near: Sequence[str] = ()) -> None:
        hint = f"Did you mean {', '.join(near)}?" if near else f"Check the reference of the {noun}."
        super().__init__(f"There is no {noun} “{ref[:80]}” in this register.", hint)
        self.noun = noun
        self.ref = ref


class RuleViolation(HoldpointError):
    """The rules of the register forbid what was asked."""


class NotPermitted(RuleViolation):
    """The acting person does not hold a role that allows the action."""


class SelfApproval(RuleViolation):
    """The author of something tried to verify or confirm it."""


class TransitionNotAllowed(RuleViolation):
    """A status cannot be reached from the present one."""


class StaleEdit(HoldpointError):
    """Somebody changed the object after the acting person opened it."""

    def __init__(self, noun: str, ref: str) -> None:
        super().__init__(
            f"Somebody changed the {noun} {ref} while you were editing it; nothing was saved.",
            "Compare with the present text below your own, then save again.",
        )
        self.ref = ref


class ExportUnavailable(HoldpointError):
    """This export cannot be made."""


class DataFileMissing(HoldpointError):
    """A file of `data/` that ships with Holdpoint is missing or cannot be read."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(
            f"The file data/{name}, which ships with Holdpoint, cannot be used: {problem}.",
            "Install Holdpoint again, or restore the file from the repository.",
        )
        self.name = name


class StoreError(HoldpointError):
    """The database cannot be used."""


class SchemaOutOfDate(StoreError):
    """The register was made by an older release."""


class SchemaUnknown(StoreError):
    """The register was made by a newer release, or is not a register."""


class StoreLocked(StoreError):
    """Another process holds the register for too long."""


class StoreCorrupt(StoreError):
    """The database file is damaged or not a database."""
