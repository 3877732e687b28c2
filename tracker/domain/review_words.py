"""The words of review and decision; like `words`, each value is what is stored and shown."""

from enum import StrEnum


class Vote(StrEnum):
    """What a sign-off says."""

    APPROVE = "approve"
    APPROVE_WITH_CONDITIONS = "approve with conditions"
    OBJECT = "object"
    ABSTAIN = "abstain"
    RECUSE = "recuse"


class Capacity(StrEnum):
    """As what somebody signs."""

    AREA_LEAD = "area lead"
    REVIEWER = "reviewer"
    RESPONSIBLE_OFFICER = "responsible officer"
    APPROVER = "approver"


class SignOffStanding(StrEnum):
    """Whether a sign-off counts today."""

    STANDS = "stands"
    VOID = "void"
    REPLACED = "replaced by a later one"


class Materiality(StrEnum):
    """What a change does to the signatures on a snapshot."""

    EDITORIAL = "editorial"
    MATERIAL = "material"
    BLOCKING = "blocking"

    @property
    def order(self) -> int:
        """From 0 (voids nothing) to 2 (voids every signature and suspends a decision)."""
        return list(Materiality).index(self)


class Outcome(StrEnum):
    """What reviewers recommend or the approver decides."""

    GO = "go"
    GO_WITH_CONDITIONS = "go with conditions"
    RESTRICTED = "restricted"
    MORE_EVIDENCE = "more evidence"
    NO_GO = "no-go"

    @property
    def lets_out(self) -> bool:
        """Whether it covers an exposure of the model."""
        return self in (Outcome.GO, Outcome.GO_WITH_CONDITIONS, Outcome.RESTRICTED)


class CoverState(StrEnum):
    """Whether the latest decision covers the release and stage that somebody asks about."""

    COVERED = "covered"
    UNDECIDED = "not decided"
    NOT_LET_OUT = "decided against"
    OTHER_RELEASE = "another version or configuration"
    BEYOND_STAGE = "a stage beyond the decision"
    EXPIRED = "expired"
    SUSPENDED = "suspended"


class ConditionState(StrEnum):
    """How a condition of a decision stands today; overdue follows from its due date."""

    OPEN = "open"
    MET = "met"
    OVERDUE = "overdue"
    BREACHED = "breached"


class AcceptanceState(StrEnum):
    """How far an acceptance of a residual risk has come; only one in force counts."""

    ASKED = "asked"
    IN_FORCE = "in force"
    ENDED = "ended"


class ExposureStep(StrEnum):
    """A recorded change of where the model runs."""

    EXPOSE = "expose"
    PAUSE = "pause"
    ROLL_BACK = "roll back"
    WITHDRAW = "withdraw"


class WithheldClass(StrEnum):
    """Why the detail of a risk or of evidence is withheld from most; printed in its place."""

    INFORMATION_HAZARD = "information hazard"
    SECURITY = "security"
    PERSONAL_DATA = "personal data"
    LEGAL = "legal"
    COMMERCIAL = "commercial"

    @property
    def marker(self) -> str:
        """What is printed in place of the detail, such as "[withheld: security]"."""
        return f"[withheld: {self.value}]"


class InboxKind(StrEnum):
    """What can wait for a person."""

    ASSESS = "assess"
    VERIFY = "verify"
    CONFIRM = "confirm as second person"
    SIGN_OFF = "sign off"
    ANSWER_OBJECTION = "answer an objection"
    DECIDE = "decide"
    SIGN_ACCEPTANCE = "sign an acceptance"
    SIGN_WAIVER = "sign a waiver"
    ACCEPTANCE_EXPIRING = "acceptance running out"
    WAIVER_EXPIRING = "waiver running out"
    CONDITION_DUE = "condition due"
    CONDITION_OVERDUE = "condition overdue"
    DECISION_EXPIRING = "decision running out"
