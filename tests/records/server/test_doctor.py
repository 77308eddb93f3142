"""What the doctor says of our own server: what is so, and what to do where it is not."""

import pytest

from drawbar.records.server import open_database
from drawbar.records.server.doctor import Check, examine
from drawbar.records.server.place import Place


def examined(data) -> dict[str, Check]:
    return {check.name: check for check in examine(environ={}, data_dir=data)}


def test_looks_without_making_anything(folder):
    checks = examined(folder / "data")

    assert list(checks) == ["account", "binaries", "directory"]
    assert all(check.ok and not check.remedy for check in checks.values())
    assert "made at the first start" in checks["directory"].what
    assert list(folder.iterdir()) == []


@pytest.mark.system
def test_a_running_server_is_well_in_every_line(data):
    with open_database(environ={}, data_dir=data):
        checks = examined(data)

    names = ["account", "binaries", "directory", "port", "version", "roles", "request role"]
    assert list(checks) == names
    assert all(check.ok for check in checks.values())
    assert checks["version"].what == "PostgreSQL 18"
    assert checks["roles"].what == "drawbar_engine, drawbar_owner, drawbar_request"


@pytest.mark.system
def test_a_stopped_server_is_not_started(data):
    checks = examined(data)

    assert checks["port"].what.endswith("free; the server does not run")
    assert not (data / "cluster" / "postmaster.pid").exists()


@pytest.mark.system
def test_lost_passwords_are_told_with_the_remedy(own_data):
    Place(own_data).passwords.unlink()

    check = examined(own_data)["directory"]
    assert not check.ok
    assert "passwords.json" in check.remedy


@pytest.mark.needs("root")
def test_a_folder_the_servers_account_cannot_enter_is_told(folder):
    (folder / "closed" / "data").mkdir(parents=True)
    (folder / "closed").chmod(0o700)

    check = examined(folder / "closed" / "data")["directory"]
    assert not check.ok
    assert "cannot enter" in check.what
    assert "DRAWBAR_DATA" in check.remedy
