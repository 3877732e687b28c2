"""Settings are checked at start, and never show a password."""

import os
from pathlib import Path

import pytest

from tracker.domain.errors import InvalidInput
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
