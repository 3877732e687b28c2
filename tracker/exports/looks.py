"""How the words that stand out look in every rendering: one table from word to swatch."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tracker.charts.theme import GATES, LEVELS, VERDICTS, Swatch
from tracker.exports.document import Look

LOOKS: Final[Mapping[Look, Swatch]] = MappingProxyType({**LEVELS, **VERDICTS, **GATES})
"""The words of the three vocabularies differ, so that a word alone finds its swatch."""
