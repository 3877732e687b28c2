"""Withheld text: what stands in its place in items, so that a change shows and the text does not.

    seal = HMAC-SHA256(key of the register, canonical form of [reference, field, value])

Without the key nobody can try texts against a seal.
"""

import hmac
from hashlib import sha256

from tracker.domain.review_words import WithheldClass
from tracker.domain.snapshots import Plain
from tracker.sealing.canonical import canonical_bytes


def sealed(key: bytes, ref: str, field: str, value: Plain, reason: WithheldClass) -> Plain:
    """Return what stands for a withheld value; an empty one stays as it is.

    Args:
        key: The register's secret.
        ref: Full reference of the record, so that equal texts do not look equal.
        field: Name of the field within the record.
        value: In plain form.
        reason: Why it is withheld.
    """
    if value in (None, "", [], {}):
        return value
    seal = hmac.new(key, canonical_bytes([ref, field, value]), sha256).hexdigest()
    return {"withheld": reason.value, "seal": seal}
