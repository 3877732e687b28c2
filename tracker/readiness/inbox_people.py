"""For whom something waits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from tracker.domain.records import Actor
from tracker.domain.review_state import InboxItem
from tracker.domain.review_words import InboxKind
from tracker.domain.roles import Action, may
from tracker.domain.state import LaunchState


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something on a launch that waits, for whomever it is; fields as in `InboxItem`."""

    kind: InboxKind
    subject: str
    text: str
    due: date | None = None

    def of(self, state: LaunchState, person: str) -> InboxItem:
        """Return it as waiting for one person."""
        return InboxItem(person, self.kind, state.launch.key, self.subject, self.text, self.due)

    def for_each(self, state: LaunchState, people: Iterable[str | None]) -> Iterator[InboxItem]:
        """Yield it for each active person of the register who is named, once each."""
        for key in dict.fromkeys(people):
            if key is not None and key in state.people and state.people[key].active:
                yield self.of(state, key)


def those_who_may(state: LaunchState, action: Action, *but: str | None) -> list[str]:
    """Return the keys of the active people who may do this on the launch, without those named."""
    return [
        key
        for key, person in sorted(state.people.items())
        if key not in but and may(Actor(person), action, state.launch)
    ]
