"""What stands in the place of withheld text."""

import hmac
from hashlib import sha256

import pytest

from tracker.domain.review_words import WithheldClass
from tracker.domain.snapshots import Plain
from tracker.sealing.withheld import sealed

KEY = bytes(range(32))
WHY = WithheldClass.SECURITY


def test_a_seal_is_the_keyed_hash_of_reference_field_and_value() -> None:
    by_hand = hmac.new(KEY, b'["a/R-1","title","secret"]', sha256).hexdigest()
    assert sealed(KEY, "a/R-1", "title", "secret", WHY) == {"withheld": "security", "seal": by_hand}


def test_equal_texts_of_two_records_or_fields_do_not_look_equal() -> None:
    one = sealed(KEY, "a/R-1", "title", "secret", WHY)
    assert one != sealed(KEY, "a/R-2", "title", "secret", WHY)
    assert one != sealed(KEY, "a/R-1", "note", "secret", WHY)
    assert one != sealed(bytes(32), "a/R-1", "title", "secret", WHY)


@pytest.mark.parametrize("empty", [None, "", []])
def test_nothing_is_withheld_where_nothing_was_said(empty: Plain) -> None:
    assert sealed(KEY, "a/R-1", "note", empty, WHY) == empty


def test_a_figure_of_zero_is_withheld_like_any_other() -> None:
    assert sealed(KEY, "a/E-1", "value", 0.0, WHY) != 0.0
