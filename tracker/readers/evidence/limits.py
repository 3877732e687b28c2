"""Every limit on a result file, each written once.

They are wide: the largest real files at hand are a log of 54 MB, an archive of 12 024 members
that holds 275 MB, and a report of 67 MB. Lengths of texts follow the columns of the tables.
"""

from typing import Final

from tracker.domain.types import NAME_LENGTH, TEXT_LENGTH, TITLE_LENGTH

MAX_FILE_BYTES: Final = 500_000_000
MAX_TEXT_BYTES: Final = 100_000_000
"""Of a file, or of an unpacked member of an archive, that can only be read whole."""

MAX_MEMBERS: Final = 100_000
MAX_DIRECTORY_BYTES: Final = 16_000_000
MAX_MEMBER_BYTES: Final = 500_000_000
MAX_ARCHIVE_BYTES: Final = 4_000_000_000
MAX_RATIO: Final = 500
RATIO_FREE_BYTES: Final = 10_000_000
"""Members smaller than this once inflated may be packed as tightly as they like."""

MAX_RUNS: Final = 2_000
MAX_METRICS: Final = 50_000
MAX_LINES: Final = 5_000_000
MAX_LINE_BYTES: Final = 50_000_000
MAX_SAMPLES: Final = 2_000_000
MAX_ITEM_EVENTS: Final = 3_000_000
"""Keys and values of one part of a JSON file that is kept while the file is read."""

MAX_DEPTH: Final = 200
MAX_COUNT: Final = 2**53

MAX_WARNINGS: Final = 50
MAX_CONDITIONS: Final = 40

TOOL_LENGTH: Final = NAME_LENGTH
SLOT_TEXT_LENGTH: Final = TITLE_LENGTH
SHORT_TEXT_LENGTH: Final = TITLE_LENGTH
LONG_TEXT_LENGTH: Final = TEXT_LENGTH
