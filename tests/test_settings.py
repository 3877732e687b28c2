"""Settings are checked at start, and never show a password."""

import os
from pathlib import Path

import pytest

from tracker.domain.errors import InvalidInput
from tracker.domain.words import Role
from tracker.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine that runs the tests, and a home of their own."""
    for name in [name for name in os.environ if name.upper().startswith("HOLDPOINT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)


def settings_with(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"HOLDPOINT_{name.upper()}", value)
    return load_settings()


def refused(monkeypatch: pytest.MonkeyPatch, **values: str) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        settings_with(monkeypatch, **values)
    return caught.value


def test_without_settings_the_dashboard_stays_on_this_machine() -> None:
    settings = load_settings()
    assert (settings.address, settings.port, settings.log_level) == ("127.0.0.1", 8501, "INFO")


def test_the_demo_is_the_register_until_there_is_an_own_one(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert (
        settings.register_url() == f"sqlite:///{tmp_path}/demo.db" == settings.demo_register_url()
    )
    (tmp_path / "register.db").touch()
    assert settings.register_url() == f"sqlite:///{tmp_path}/register.db"
    assert settings.own_register_url() == settings.register_url()


def test_registers_are_kept_in_the_users_data_folder() -> None:
    folder = load_settings().data_dir
    assert folder.name == "holdpoint"
    assert Path.home() in folder.parents


def test_a_relative_database_path_becomes_absolute(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = settings_with(monkeypatch, database_url="sqlite:///some/register.db")
    assert settings.register_url() == f"sqlite:///{tmp_path}/some/register.db"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_opens_with_the_same_driver(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    settings = settings_with(monkeypatch, database_url=f"{scheme}://ada:pw@db.example/holdpoint")
    assert settings.register_url() == "postgresql+psycopg://ada:pw@db.example/holdpoint"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ada:s3cret@db/holdpoint",
        "postgresql+asyncpg://ada:s3cret@db/holdpoint",
        "postgresql://ada:s3cret@db:port/holdpoint",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:register.db?uri=true",
        "register.db",
        "://s3cret",
    ],
)
def test_a_database_of_another_kind_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    error = refused(monkeypatch, database_url=url)
    assert list(error.fields) == ["HOLDPOINT_DATABASE_URL"]
    assert "s3cret" not in str(error)


@pytest.mark.parametrize(
    "url", ["postgresql://ada:s3cret@db/hp", "postgresql://db/hp?user=ada&password=s3cret"]
)
def test_the_password_is_never_shown(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    settings = settings_with(monkeypatch, database_url=url)
    assert "s3cret" in settings.register_url()
    assert "s3cret" not in f"{settings!r} {settings} {settings.shown()}"
    assert settings.shown()["HOLDPOINT_DATABASE_URL"].startswith("postgresql+psycopg://")


def test_shown_names_every_setting() -> None:
    shown = load_settings().shown()
    assert set(shown) == {f"HOLDPOINT_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("address", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_an_address_of_this_machine_is_accepted(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    assert settings_with(monkeypatch, address=address).address == address


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.1.2.3", "tracker.example"])
def test_an_address_that_others_can_reach_is_refused_while_nobody_signs_in(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    error = refused(monkeypatch, address=address)
    assert "nobody signs in" in error.fields["HOLDPOINT_ADDRESS"]


@pytest.mark.parametrize(
    ("name", "value"), [("port", "0"), ("port", "65536"), ("port", "http"), ("log_level", "LOUD")]
)
def test_a_bad_value_is_refused_by_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert list(refused(monkeypatch, **{name: value}).fields) == [f"HOLDPOINT_{name.upper()}"]


def test_the_log_level_may_be_written_small(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_with(monkeypatch, log_level="debug").log_level == "DEBUG"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_with(monkeypatch, port="", database_url="").port == 8501


def test_a_misspelt_setting_is_pointed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    error = refused(monkeypatch, database_ulr="sqlite:///register.db")
    assert "did you mean HOLDPOINT_DATABASE_URL?" in error.fields["HOLDPOINT_DATABASE_ULR"]


def test_every_mistake_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    error = refused(monkeypatch, port="0", address="0.0.0.0", colour="blue")
    assert set(error.fields) == {"HOLDPOINT_PORT", "HOLDPOINT_ADDRESS", "HOLDPOINT_COLOUR"}


def test_the_data_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = Settings(data_dir=tmp_path / "new" / "holdpoint").prepare_data_dir()
    assert folder.is_dir()
    assert folder.stat().st_mode & 0o077 == 0


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(InvalidInput, match=r"HOLDPOINT_DATA_DIR.*cannot be made"):
        Settings(data_dir=tmp_path / "taken" / "holdpoint").prepare_data_dir()


def test_settings_do_not_change_while_running() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1  # pyright: ignore[reportAttributeAccessIssue]


OIDC = {
    "sign_in": "oidc",
    "public_url": "https://holdpoint.example",
    "oidc_metadata_url": "https://id.example/.well-known/openid-configuration",
    "oidc_client_id": "holdpoint",
    "oidc_client_secret": "c1ient-s3cret",
    "oidc_cookie_secret": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
}


def test_with_sign_in_the_dashboard_may_be_reached_by_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = settings_with(monkeypatch, **OIDC, address="0.0.0.0")
    assert settings.signs_in
    assert settings.address == "0.0.0.0"


@pytest.mark.parametrize("missing", [name for name in OIDC if name != "sign_in"])
def test_whatever_sign_in_needs_and_lacks_is_named(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    error = refused(monkeypatch, **{k: v for k, v in OIDC.items() if k != missing})
    assert error.fields == {
        f"HOLDPOINT_{missing.upper()}": "is needed where HOLDPOINT_SIGN_IN is oidc"
    }


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("sign_in", "saml", "'local' or 'oidc'"),
        ("public_url", "http://holdpoint.example", "must begin with https://"),
        ("public_url", "https://holdpoint.example/tracker", "scheme, host and port only"),
        ("public_url", "holdpoint.example", "is not an address"),
        ("public_url", "https://holdpoint.example:port", "is not an address"),
        ("oidc_metadata_url", "http://id.example/.well-known", "must begin with https://"),
        ("oidc_metadata_url", "https://ada:s3cret@id.example/", "is not an address"),
        ("oidc_cookie_secret", "s3cret", "at least 32 characters"),
        ("oidc_cookie_secret", "change-me-s3cret-0f1e2d3c4b5a6978", "is a placeholder"),
        ("oidc_cookie_secret", "s3cret" * 6, "is a placeholder"),
        ("oidc_claim", "name", "'email', 'sub' or 'preferred_username'"),
        ("oidc_roles", "safety=reviewer", "set together or not at all"),
        ("oidc_roles_claim", "groups", "set together or not at all"),
        ("sign_in_hours", "0", "greater than or equal to 1"),
    ],
)
def test_an_unsafe_sign_in_is_refused_without_repeating_a_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, why: str
) -> None:
    error = refused(monkeypatch, **{**OIDC, name: value})
    assert why in " ".join(error.fields.values())
    assert "s3cret" not in str(error)


def test_the_provider_and_the_public_address_may_be_on_this_machine_without_https(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = {
        "public_url": "http://localhost:8501/",
        "oidc_metadata_url": "http://127.0.0.1:9400/.well-known/openid-configuration",
    }
    assert settings_with(monkeypatch, **{**OIDC, **here}).public_url == "http://localhost:8501"
    error = refused(monkeypatch, **{**OIDC, **here, "address": "0.0.0.0"})
    assert "HOLDPOINT_PUBLIC_URL begins with https://" in error.fields["HOLDPOINT_ADDRESS"]


def test_what_sign_in_needs_is_refused_in_local_mode_rather_than_ignored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = refused(monkeypatch, oidc_client_id="holdpoint")
    assert "does nothing while" in error.fields["HOLDPOINT_OIDC_CLIENT_ID"]


def test_the_secrets_of_sign_in_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_with(monkeypatch, **OIDC)
    said = f"{settings!r} {settings} {settings.shown()} {settings.model_dump_json()}"
    assert OIDC["oidc_client_secret"] not in said
    assert OIDC["oidc_cookie_secret"] not in said


def test_groups_give_roles_and_may_have_equals_signs_in_their_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = {
        "oidc_roles_claim": "groups",
        "oidc_roles": "cn=safety,ou=lab=reviewer ;hq=policy lead",
    }
    policy = settings_with(monkeypatch, **OIDC, **given).sign_in_policy()
    assert policy.roles == (
        ("cn=safety,ou=lab", Role.REVIEWER),
        ("hq", Role.POLICY_LEAD),
    )
    error = refused(monkeypatch, **OIDC, **{**given, "oidc_roles": "safety=boss"})
    assert "the roles are" in error.fields["HOLDPOINT_OIDC_ROLES"]
