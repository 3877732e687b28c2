"""`new-launch`: from nothing or from an earlier launch, whole or not at all."""

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from tests.cli.commands import Command, Ran
from tracker.cli.app import app
from tracker.domain.drafts import LaunchDraft

REQUIRED = {
    "--key": "o9-2027-01",
    "--name": "o9",
    "--model-version": "o9-launch",
    "--configuration": "chat with tools",
    "--exposure-asked": "staged rollout",
    "--target-date": "2099-01-31",
    "--owner": "eng-product",
}


def new_launch(command: Command, *more: str, without: str = "", **changed: str) -> Ran:
    options = REQUIRED | {f"--{name.replace('_', '-')}": value for name, value in changed.items()}
    given = [part for pair in options.items() if pair[0] != without for part in pair]
    acting = () if without == "--as" else ("--as", "policy-lead")
    return command("new-launch", *given, *acting, *more)


def launches(command: Command) -> set[str]:
    return {launch["launch"] for launch in command("launches", "--json").json()}


def test_every_field_of_a_launch_has_an_option() -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    flags = {flag for option in group.commands["new-launch"].params for flag in option.opts}
    assert {f"--{field.replace('_', '-')}" for field in LaunchDraft.model_fields} <= flags


def test_a_launch_is_registered_with_its_scope(demo: Command) -> None:
    ran = new_launch(
        demo,
        *("--in-scope", "cbrn", "--in-scope", "privacy"),
        *("--not-applicable", "synthetic_media=it makes no pictures"),
        *("--none-found", "ip_copyright=nothing came up in two reviews"),
        *("--summary", "A model with tools", "--approver", "approver"),
    )
    assert (ran.code, ran.err) == (0, "")
    shown = demo("show", "o9-2027-01", "--json").json()
    assert (shown["name"], shown["exposure_stage"]) == ("o9", "none")
    assert shown["people"] == {"approver": "approver", "launch owner": "eng-product"}
    states = {area["area"]: (area["applicability"], area["state"]) for area in shown["areas"]}
    assert states["cbrn"] == ("in scope", "gap")
    assert states["synthetic_media"] == ("not applicable", "unconfirmed")
    assert states["ip_copyright"] == ("none found", "unconfirmed")
    assert states["fraud_scams"] == (None, "undecided")
    assert shown["verdict"] == "Not ready"


def test_a_clone_takes_risks_and_mitigations_unverified_and_no_assessment(demo: Command) -> None:
    ran = new_launch(demo, "--clone-from", "gpt-4v-2023-09", "--in-scope", "cbrn")
    assert (ran.code, ran.err) == (0, "")
    shown = demo("show", "o9-2027-01", "--json").json()
    assert shown["risks"]
    assert {risk["level"] for risk in shown["risks"]} == {"UNASSESSED"}
    assert shown["mitigations"]
    assert not any(one["status"] in ("verified", "implemented") for one in shown["mitigations"])
    decided = [area["area"] for area in shown["areas"] if area["applicability"]]
    assert decided == ["cbrn"]


@pytest.mark.parametrize(
    ("changed", "more", "said"),
    [
        ({"key": "gpt-4v-2023-09"}, (), "taken by another launch"),
        ({"key": "O9 launch"}, (), "key: may hold small letters"),
        ({"owner": "stranger"}, (), "not an active person"),
        ({"target_date": "2020-01-01"}, (), "has passed"),
        ({"target_date": "soon"}, (), "“soon” is not a day"),
        ({"exposure_asked": "none"}, (), "beyond “none”"),
        ({"exposure_asked": "everywhere"}, (), "--exposure-asked"),
        ({"name": "x\x07"}, (), "control character"),
        ({"name": "n" * 10_000}, (), "at most 200"),
        ({}, ("--in-scope", "cbrne"), "cbrne: is not a policy area"),
        ({}, ("--in-scope", "cbrn", "--in-scope", "cbrn"), "named twice"),
        ({}, ("--not-applicable", "cbrn"), "AREA=REASON"),
        ({}, ("--not-applicable", "cbrn="), "AREA=REASON"),
        ({}, ("--not-applicable", "cbrn=no"), "needs a reason"),
        ({}, ("--approver", "eng-product"), "only one of launch owner"),
        ({}, ("--clone-from", "gpt-4v"), "Did you mean gpt-4v-2023-09"),
        ({}, ("--clone-from", "gpt-4v-2023-09", "--in-scope", "nope"), "not a policy area"),
    ],
)
def test_what_cannot_be_registered_is_refused_and_leaves_nothing(
    demo: Command, changed: dict[str, str], more: tuple[str, ...], said: str
) -> None:
    before = launches(demo)
    assert said in new_launch(demo, *more, **changed).refusal()
    assert launches(demo) == before


def test_whoever_acts_must_be_named_and_entitled(demo: Command) -> None:
    assert "--as: name the person who acts" in new_launch(demo, without="--as").refusal()
    denied = new_launch(demo, "--as", "auditor", without="--as").refusal()
    assert "may not create a launch" in denied
    assert "no person “ghost”" in new_launch(demo, "--as", "ghost", without="--as").refusal()


def test_a_missing_option_is_named(demo: Command) -> None:
    assert "--model-version" in new_launch(demo, without="--model-version").refusal()
