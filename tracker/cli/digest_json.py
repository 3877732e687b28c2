"""What waits for people as Slack-compatible JSON; references, codes and levels only."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from tracker.cli.as_json import Values
from tracker.domain.review_state import InboxItem

BLOCKS: Final = 50
"""Most blocks that Slack takes in one message."""

ROOM: Final = 2800
"""Characters of lines in one section, below the 3000 that Slack takes with the name above them."""

LINE_LENGTH: Final = 160
"""Characters of one line, before `&`, `<` and `>` are escaped; every line so far is shorter."""


def digest(items: Sequence[InboxItem]) -> Values:
    """Return the message: `text` for a notification, `blocks` for its body.

    A message holds at most fifty blocks; what has no place is counted in the last one.
    """
    head = _headline(items)
    blocks = [_section(f"*{head}*"), *_of_people(items)]
    if len(blocks) > BLOCKS:
        blocks = [*blocks[: BLOCKS - 1], _section("There is more: `holdpoint inbox` lists it all.")]
    return {"text": head, "blocks": blocks}


def _headline(items: Sequence[InboxItem]) -> str:
    if not items:
        return "Holdpoint: nothing waits."
    people = len({item.person for item in items})
    return (
        f"Holdpoint: {len(items)} {'thing waits' if len(items) == 1 else 'things wait'} "
        f"for {people} {'person' if people == 1 else 'people'}."
    )


def _of_people(items: Iterable[InboxItem]) -> Iterable[Values]:
    for person, own in groupby(items, key=lambda item: item.person):
        lines = [_line(item) for item in own]
        for part in _parts(lines):
            yield _section("\n".join((f"*{_plain(person)}*", *part)))


def _parts(lines: Iterable[str]) -> Iterable[list[str]]:
    """Split lines into parts that each have room in a section."""
    part: list[str] = []
    for line in lines:
        if part and sum(len(one) + 1 for one in part) + len(line) > ROOM:
            yield part
            part = []
        part.append(line)
    yield part


def _line(item: InboxItem) -> str:
    where = f"{item.launch}: " if item.launch else ""
    line = f"{where}{item.text}"
    cut = line if len(line) <= LINE_LENGTH else f"{line[: LINE_LENGTH - 1]}…"
    return f"• {_plain(cut)}"


def _plain(text: str) -> str:
    """Return text in which nothing is markup, as Slack wants it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _section(text: str) -> Values:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}
