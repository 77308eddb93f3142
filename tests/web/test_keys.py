"""Keys: shown once, kept as a hash, dead when revoked, bound to what they are for."""

import psycopg
import pytest

from drawbar.web.auth.api_key import UnfitKey, create_key, list_keys, revoke_key
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.role import Role
from drawbar.web.auth.secret import Secret

pytestmark = pytest.mark.system

DISPATCHER = Caller(name="desk 3", role=Role.DISPATCHER)


def engine_connection(doors):
    return psycopg.connect(doors.logins.engine_url, autocommit=True)


def made(doors, caller=DISPATCHER):
    with engine_connection(doors) as connection:
        return create_key(
            connection, secret=doors.settings.secret, caller=caller, at=doors.clock.now()
        )


def status(doors, token):
    headers = {"Authorization": f"Bearer {token}".encode()}
    return doors.client.post("/v1/milestones", json={}, headers=headers).status_code


def test_a_key_lets_in_and_a_revoked_one_does_not(doors):
    key = made(doors)
    assert status(doors, key.token) == 422  # in, with an empty body

    with engine_connection(doors) as connection:
        assert revoke_key(connection, key.key_id, at=doors.clock.now())
        assert not revoke_key(connection, key.key_id, at=doors.clock.now())

    assert status(doors, key.token) == 401


def test_what_is_kept_does_not_show_the_key(doors):
    key = made(doors)
    secret_part = key.token.rsplit("_", 1)[1]

    with engine_connection(doors) as connection:
        kept = [repr(each) for each in list_keys(connection)]
        rows = connection.execute("SELECT k::text FROM api_keys AS k").fetchall()

    assert any(key.key_id in each for each in kept)
    assert not any(secret_part in each for each in (*kept, *(row for (row,) in rows)))


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:-1] + ("0" if token[-1] != "0" else "1"),
        lambda token: token.replace("drawbar_", "other_"),
        lambda token: token.split("_")[1],
        lambda token: "_",
        lambda token: token + "é",
    ],
    ids=["last digit", "prefix", "id alone", "nothing", "no ASCII"],
)
def test_a_wrong_key_does_not_let_in(doors, change):
    assert status(doors, change(made(doors).token)) == 401


def test_a_key_of_another_server_does_not_let_in(doors):
    with engine_connection(doors) as connection:
        key = create_key(
            connection, secret=Secret(b"o" * 32), caller=DISPATCHER, at=doors.clock.now()
        )

    assert status(doors, key.token) == 401


@pytest.mark.parametrize(
    "caller",
    [
        Caller(name=" ", role=Role.ADMIN),
        Caller(name="carrier:EFGH", role=Role.ADMIN),
        Caller(name="n" * 61, role=Role.ADMIN),
    ],
    ids=["no name", "posing as a carrier", "long name"],
)
def test_refuses_a_key_that_could_be_mistaken(doors, caller):
    with pytest.raises(UnfitKey):
        made(doors, caller)


@pytest.mark.parametrize(
    ("role", "carrier_ref"), [(Role.CARRIER, ""), (Role.FINANCE, "ABCD")], ids=["none", "finance"]
)
def test_a_carrier_names_itself_and_nobody_else_does(role, carrier_ref):
    with pytest.raises(ValueError, match="a carrier names itself"):
        Caller(name="a key", role=role, carrier_ref=carrier_ref)


def test_the_web_role_cannot_make_or_change_keys(doors):
    with (
        psycopg.connect(doors.logins.request_url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("UPDATE api_keys SET revoked_at = NULL")
