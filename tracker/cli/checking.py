"""`check`: is this installation fit for use, and what should somebody know about it?"""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import make_url

from tracker import __version__
from tracker.cli.failing import BAD_INPUT, OK
from tracker.cli.finding import Finding, Severity
from tracker.cli.findings import NOBODY_SIGNS_IN, Facts, findings_of
from tracker.cli.opening import now
from tracker.cli.options import JsonFlag
from tracker.cli.output import print_json, print_table, say
from tracker.domain.errors import (
    DataFileMissing,
    HoldpointError,
    ImportRejected,
    InvalidInput,
    SchemaOutOfDate,
    SchemaUnknown,
    StoreCorrupt,
)
from tracker.readers.areas import packaged_areas, packaged_crosswalk
from tracker.readers.demo import packaged_demo
from tracker.readers.gate_templates import packaged_gate_templates
from tracker.readers.profile import packaged_profile
from tracker.services.history import verify_chain
from tracker.services.launch_state import launch_states
from tracker.services.ledger import read_ledger
from tracker.services.people import people
from tracker.services.register import register_info
from tracker.settings import Settings, load_settings, redacted
from tracker.store import queries
from tracker.store.connect import sqlite_path
from tracker.store.engine import Store
from tracker.store.schema import SchemaState, schema_state

_READABLE_BY_OTHERS = 0o077
_PACKAGED: Final = (
    packaged_profile,
    packaged_areas,
    packaged_crosswalk,
    packaged_gate_templates,
    packaged_demo,
)


def check(*, as_json: JsonFlag = False) -> int:
    """Check settings, data files, database, audit chain and people; fail on an error."""
    settings, findings = _settings_and_findings()
    sound = not any(finding.severity is Severity.ERROR for finding in findings)
    place = redacted(settings.register_url()) if settings else None
    if as_json:
        print_json(
            {
                "ok": sound,
                "version": __version__,
                "register": place,
                "findings": [
                    {
                        "id": finding.id,
                        "severity": finding.severity,
                        "what": finding.what,
                        "hint": finding.hint,
                    }
                    for finding in findings
                ],
            }
        )
    else:
        say(f"Holdpoint {__version__}, register {place or 'unknown'}")
        print_table(
            {"Finding": "left", "Severity": "left", "What": "fold", "What to do": "fold"},
            ((one.id, one.severity, one.what, one.hint) for one in findings),
        )
        say("No error." if sound else "There are errors.")
    return OK if sound else BAD_INPUT


def _settings_and_findings() -> tuple[Settings | None, list[Finding]]:
    try:
        settings = load_settings()
    except InvalidInput as error:
        return None, [Finding("HP-E001", error.what, error.remedy)]
    found = [*_about_data(), *_about_register(settings.register_url())]
    if not settings.signs_in:
        found.append(NOBODY_SIGNS_IN)
    return settings, list(dict.fromkeys(found))


def _about_data() -> Iterator[Finding]:
    for read in _PACKAGED:
        try:
            read()
        except (DataFileMissing, ImportRejected) as error:
            yield Finding("HP-E008", error.what, error.remedy)


def _about_register(url: str) -> Iterator[Finding]:
    try:
        if schema_state(url) in (SchemaState.ABSENT, SchemaState.EMPTY):
            yield Finding(
                "HP-E002",
                f"There is no register at {redacted(url)}.",
                "Run: holdpoint init, or holdpoint demo",
            )
            return
        store = Store.open(url)
        try:
            yield from findings_of(_facts(store))
        finally:
            store.dispose()
        yield from _about_file(url)
    except HoldpointError as error:
        yield Finding(_id_of(error), error.what, error.remedy)


def _id_of(error: HoldpointError) -> str:
    known: dict[type[HoldpointError], str] = {
        SchemaOutOfDate: "HP-E003",
        SchemaUnknown: "HP-E004",
        StoreCorrupt: "HP-E005",
        DataFileMissing: "HP-E008",
        ImportRejected: "HP-E008",
    }
    return known.get(type(error), "HP-E006")


def _facts(store: Store) -> Facts:
    profile = packaged_profile()
    today = now().date()
    states = launch_states(store, profile, today)
    with store.reading() as session:
        areas = queries.policy_areas(session)
    return Facts(
        info=register_info(store),
        people=people(store),
        areas=areas,
        shipped=packaged_areas(),
        states=states,
        profile_version=profile.version,
        first_break=verify_chain(store),
        ledgers=[read_ledger(store, today, state.launch.key) for state in states],
    )


def _about_file(url: str) -> Iterator[Finding]:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return
    path = sqlite_path(parsed)
    if path.stat().st_mode & _READABLE_BY_OTHERS:
        yield Finding(
            "HP-W007",
            f"Others on this machine can read {path}.",
            f"Run: chmod 600 {path}",
        )
