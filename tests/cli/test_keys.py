"""``drawbar keys``: a key is shown once, works until it is revoked, and is never listed."""

import json
from pathlib import Path

import psycopg
import pytest
from click.testing import Result

from drawbar.cli import keys as command
from drawbar.cli.own_folder import own_folder
from drawbar.records.server import Logins
from drawbar.web.auth.api_key import caller_of
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.role import Role
from drawbar.web.auth.secret import load_secret
from tests.cli.stand import Run


def whose(firm: Logins, token: str, folder: Path) -> Caller | None:
    """Return whom the web doors would take the holder of a token for."""
    secret = load_secret({}, folder / "data-drawbar-private" / "secret")
    with psycopg.connect(firm.request_url) as connection:
        return caller_of(connection, token, secret=secret)


def created(run: Run, *more: str) -> Result:
    return run("keys", "create", "warehouse feed", "--role", "integration", *more)


def test_the_roles_of_the_command_are_those_of_the_product():
    assert tuple(role.value for role in Role) == command.ROLES


def test_a_key_stands_alone_on_stdout_and_works_at_the_doors(run, firm: Logins, tmp_path: Path):
    made = created(run)

    (token,) = made.stdout.split()
    assert whose(firm, token, tmp_path) == Caller(name="warehouse feed", role=Role.INTEGRATION)
    assert token not in made.stderr


def test_a_key_says_for_which_database_it_is(run):
    assert "It is for the database drawbar (" in created(run).stderr


def test_fresh_data_has_a_private_folder_of_its_own(tmp_path: Path):
    told = [{"DRAWBAR_DATA": str(tmp_path / name)} for name in ("old", "new")]

    folders = [own_folder("demo", environ) for environ in told]

    assert [one.name for one in folders] == ["old-demo-private", "new-demo-private"]


def test_a_carriers_key_speaks_for_that_carrier(run, firm: Logins, tmp_path: Path):
    made = run("keys", "create", "ABCD dispatch", "--role", "carrier", "--carrier", "ABCD")

    found = whose(firm, made.stdout.strip(), tmp_path)
    assert found is not None
    assert found.carrier_ref == "ABCD"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("x", "--role", "carrier"), 2, "needs --carrier SCAC"),
        (("x", "--role", "finance", "--carrier", "ABCD"), 2, "no other role has one"),
        (("x", "--role", "carrier", "--carrier", "WXYZ"), 3, "there are: ABCD, NRTH"),
        (("x", "--role", "king"), 2, "dispatcher"),
        (("a:b", "--role", "admin"), 4, "no colon"),
        (("x",), 2, "--role"),
    ],
    ids=["no carrier", "a carrier too many", "nobody's", "no such role", "a colon", "no role"],
)
def test_a_key_that_must_not_be_is_refused_with_the_reason(run, arguments, code, said):
    found = run("keys", "create", *arguments)

    assert (found.exit_code, found.stdout) == (code, "")
    assert said in found.stderr


def test_a_list_never_tells_a_key_nor_its_hash(run):
    token = created(run).stdout.strip()

    listed = run("keys", "list", "--json").stdout

    assert token.split("_")[1] in listed
    assert token.split("_")[2] not in listed
    assert "hash" not in listed


def test_a_revoked_key_works_no_more_and_is_revoked_once(run, firm: Logins, tmp_path: Path):
    made = json.loads(created(run, "--json").stdout)

    first, second = (run("keys", "revoke", made["key_id"]) for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 5)
    assert whose(firm, made["token"], tmp_path) is None


def test_an_unknown_key_exits_3(run):
    assert run("keys", "revoke", "nobodyskey").exit_code == 3


def test_a_secret_that_others_can_read_seals_nothing(run, tmp_path: Path):
    created(run)
    (tmp_path / "data-drawbar-private" / "secret").chmod(0o644)

    found = created(run)

    assert (found.exit_code, found.stdout) == (6, "")
    assert "can be read by others" in found.stderr
