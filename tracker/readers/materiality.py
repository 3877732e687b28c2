"""The materiality policy: from the file that its owner signs to the record that reviews use."""

from datetime import date
from functools import cache
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from tracker.domain.drafts import Draft
from tracker.domain.snapshots import MaterialityPolicy
from tracker.domain.types import Key, Name, Title
from tracker.readers.data_files import read_data
from tracker.readers.yaml_file import read_yaml

POLICY_FILE: Final = "materiality_m1.yaml"

_Fields = Annotated[tuple[Name, ...], Field(min_length=1)]


class _PolicyFile(Draft):
    version: Name
    title: Title
    owner: Key
    effective: Annotated[date, Field(strict=True)]
    editorial: dict[Name, _Fields]
    blocking: dict[Name, _Fields]

    @model_validator(mode="after")
    def _names_each_field_once(self) -> Self:
        for kind, fields in (*self.editorial.items(), *self.blocking.items()):
            twice = {name for name in fields if fields.count(name) > 1}
            twice |= set(self.editorial.get(kind, ())) & set(self.blocking.get(kind, ()))
            if twice:
                raise ValueError(f"{kind} names {', '.join(sorted(twice))} twice")
        return self


def read_materiality(content: bytes, source: str) -> MaterialityPolicy:
    """Read a materiality policy.

    Raises:
        ImportRejected: A field named twice, an unknown key or any other wrong place, each with
            its line.
    """
    file = read_yaml(content, source, _PolicyFile)
    return MaterialityPolicy(
        version=file.version,
        title=file.title,
        owner=file.owner,
        effective=file.effective.isoformat(),
        editorial={kind: frozenset(fields) for kind, fields in file.editorial.items()},
        blocking={kind: frozenset(fields) for kind, fields in file.blocking.items()},
    )


@cache
def packaged_materiality() -> MaterialityPolicy:
    """Return the materiality policy that ships with Holdpoint, read once per process.

    Raises:
        DataFileMissing: The file is not there.
        ImportRejected: The file is not a sound policy.
    """
    return read_materiality(read_data(POLICY_FILE), POLICY_FILE)
