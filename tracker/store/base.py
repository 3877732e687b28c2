"""What every table shares: registry, names of constraints, column types, the marks of auditing."""

import re
from enum import StrEnum
from typing import Annotated, Any, ClassVar

import pydantic
from sqlalchemy import JSON, CheckConstraint, Enum, ForeignKey, MetaData, event
from sqlalchemy.orm import declared_attr, registry
from sqlalchemy.orm.attributes import InstrumentedAttribute
from sqlmodel import Field, SQLModel

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

CHOICE_LENGTH = 64


REGISTRY = registry(metadata=MetaData(naming_convention=NAMING_CONVENTION))
"""Our own, so that it survives the reload of modules that Streamlit does when a file is saved."""


class Base(SQLModel, registry=REGISTRY):
    """Base of all tables."""

    model_config = {"validate_assignment": True}

    @declared_attr.directive
    def __tablename__(cls) -> str:  # type: ignore[override]  # noqa: N805 - given the class
        """Name the table after the class: `LaunchRole` is kept in `launch_role`."""
        return _snake_case(cls.__name__)


class Audited(Base):
    """A table of which every inserted, updated and deleted row is recorded in the chain.

    Attributes:
        noun: What a row is called in the record.
        too_large_for_the_record: Columns of which only the SHA-256 is recorded.
    """

    noun: ClassVar[str]
    too_large_for_the_record: ClassVar[frozenset[str]] = frozenset()

    def subject(self) -> str:
        """Return the natural reference of what the row belongs to, such as `M-7`."""
        raise NotImplementedError

    def on_launch(self) -> str | None:
        """Return the key of the launch concerned; None where the row belongs to no launch."""
        return None


class Editable(Audited):
    """An audited table whose rows people edit: the second of two concurrent edits is refused."""

    row_version: int = Field(default=1, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - given the class
        """Let the mapper count versions and compare them on each update."""
        return {"version_id_col": cls.__table__.c.row_version}  # type: ignore[attr-defined]


@event.listens_for(Base, "attribute_instrument", propagate=True)
def _remember_old_values(_class: type, _key: str, attribute: InstrumentedAttribute[Any]) -> None:
    """Load the old value before a new one is set, so that the record always knows both."""
    attribute.impl.active_history = True


def choice(kind: type[StrEnum], name: str | None = None) -> Any:
    """Return the column type of an enum: stored by value, with a CHECK.

    Args:
        kind: The enum.
        name: Name of the CHECK where a table has two columns of one enum.
    """
    return Enum(
        kind,
        values_callable=_values,
        native_enum=False,
        create_constraint=True,
        length=CHOICE_LENGTH,
        name=name or _snake_case(kind.__name__),
    )


def reference(column: str) -> ForeignKey:
    """Return a foreign key that is checked when the transaction ends.

    Rows of one transaction may then be written in any order; no row that is referred to can go.
    """
    return ForeignKey(column, deferrable=True, initially="DEFERRED")


def between(column: str, low: int, high: int) -> CheckConstraint:
    """Return a CHECK that keeps a column within two whole numbers, both included."""
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_range")


def finite(column: str, low: str = "-1e308") -> CheckConstraint:
    """Return a CHECK that refuses infinity and, where a database keeps it, NaN (the largest)."""
    return CheckConstraint(f"{column} BETWEEN {low} AND 1e308", name=f"{column}_finite")


Finite = Annotated[float, pydantic.Field(allow_inf_nan=False)]
"""SQLite keeps NaN as NULL, so that a row has to refuse it before."""

JSON_DOCUMENT: Any = JSON(none_as_null=True)


def _snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]
