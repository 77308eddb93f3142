"""A PostgreSQL the firm runs itself: what we make there, what we ask for, what we refuse."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import Connection

from drawbar.records.migrate import migrate
from drawbar.records.roles import UnsafeRequestRole, refuse_unsafe_request_role
from drawbar.records.server import UnableToOpenDatabase, open_database
from drawbar.records.server.account import accounts, server_account
from drawbar.records.server.cluster import ADMIN
from drawbar.records.server.doctor import Check, examine
from drawbar.records.server.embedded import EmbeddedServer, seat_at
from drawbar.records.server.lock import locked
from drawbar.records.server.logins import altered, local_url
from drawbar.records.server.place import Place, prepare

pytestmark = pytest.mark.system
ROLES = ("drawbar_engine", "drawbar_request", "firm", "desk")


@pytest.fixture(scope="module")
def bare_server(tmp_path_factory: pytest.TempPathFactory, shared_folder: Path) -> Iterator[str]:
    """Run a server as a firm has it, without anything of ours; lend its administrator's URL."""
    place, account = Place(shared_folder / "firm"), server_account(os.geteuid(), accounts())
    prepare(place, account)
    seat = seat_at(place, account)
    server = EmbeddedServer(seat)
    with locked(place.lock):
        port = server.join()
    password = seat.passwords.admin
    yield local_url(user=ADMIN, password=password, port=port, database="postgres")
    server.leave()


@pytest.fixture
def admin(bare_server: str) -> Iterator[Connection]:
    """Lend the administrator with a database ``freight`` of a role ``firm``; all goes after."""
    with psycopg.connect(bare_server, autocommit=True) as connection:
        connection.execute("CREATE ROLE firm LOGIN PASSWORD 'firm'")
        connection.execute("CREATE DATABASE freight OWNER firm")
        yield connection
        connection.execute("DROP DATABASE freight WITH (FORCE)")
        for role in ROLES:
            connection.execute(f"DROP ROLE IF EXISTS {role}")


@pytest.fixture
def url(bare_server: str, admin: Connection) -> str:
    return altered(bare_server, user="firm", password="firm", dbname="freight")


def value(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
        assert row is not None
        return row[0]


def named(checks: list[Check], name: str) -> Check:
    return next(check for check in checks if check.name == name)


def may_make_roles(admin: Connection) -> None:
    admin.execute("ALTER ROLE firm CREATEROLE")


def made_by_the_administrator(admin: Connection, url: str) -> dict[str, str]:
    for role in ("drawbar_engine", "drawbar_request"):
        admin.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'told'")
    return {
        "DATABASE_URL": url,
        "DRAWBAR_ENGINE_URL": altered(url, user="drawbar_engine", password="told"),
        "DRAWBAR_REQUEST_URL": altered(url, user="drawbar_request", password="told"),
    }


def test_makes_the_roles_where_we_may_and_finds_them_again(admin, url):
    may_make_roles(admin)

    with open_database(environ={"DATABASE_URL": url}) as first:
        assert not first.is_embedded
        assert first.owner_url == url
        assert value(first.engine_url, "SELECT current_user") == "drawbar_engine"
        assert value(first.request_url, "SELECT current_user") == "drawbar_request"
    with open_database(environ={"DATABASE_URL": url}) as again:
        assert again.logins == first.logins


@pytest.mark.parametrize("role", ["engine", "request"])
def test_the_passwords_of_the_roles_are_the_owners_alone(admin, url, role):
    may_make_roles(admin)
    with open_database(environ={"DATABASE_URL": url}) as database:
        login = {"engine": database.engine_url, "request": database.request_url}[role]

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        value(login, "SELECT password FROM drawbar_private.secret")


def test_an_engine_that_may_not_be_above_row_security_still_sees_every_row(admin, url, tmp_path):
    may_make_roles(admin)
    (tmp_path / "0001_bills.sql").write_text(
        "CREATE TABLE bills AS SELECT 'B-1' AS bill_ref;"
        "ALTER TABLE bills ENABLE ROW LEVEL SECURITY;"
        "GRANT SELECT ON bills TO drawbar_request"
    )
    with open_database(environ={"DATABASE_URL": url}) as database:
        migrate(database.owner_url, tmp_path)
        migrate(database.owner_url, tmp_path)

        bypass = "SELECT rolbypassrls FROM pg_roles WHERE rolname = 'drawbar_engine'"
        assert value(url, bypass) is False
        assert value(database.engine_url, "SELECT count(*) FROM bills") == 1
        assert value(database.request_url, "SELECT count(*) FROM bills") == 0


def test_a_role_put_on_for_the_check_does_not_hide_who_logged_in(admin, url):
    made_by_the_administrator(admin, url)
    admin.execute("SET ROLE drawbar_request")

    with pytest.raises(UnsafeRequestRole, match="is a superuser"):
        refuse_unsafe_request_role(admin)
    admin.execute("RESET ROLE")


def test_tells_the_administrators_sql_where_we_may_not_make_roles(url):
    with pytest.raises(UnableToOpenDatabase) as refused:
        open_database(environ={"DATABASE_URL": url})

    assert "CREATE ROLE drawbar_engine LOGIN BYPASSRLS PASSWORD" in refused.value.remedy
    assert "CREATE ROLE drawbar_request LOGIN PASSWORD" in refused.value.remedy
    assert "DRAWBAR_REQUEST_URL" in refused.value.remedy
    assert not named(examine(environ={"DATABASE_URL": url}), "roles").ok


def test_uses_the_roles_the_administrator_made(admin, url):
    told = made_by_the_administrator(admin, url)

    with open_database(environ=told) as database:
        assert database.engine_url == told["DRAWBAR_ENGINE_URL"]
        assert value(database.request_url, "SELECT current_user") == "drawbar_request"
    assert all(check.ok for check in examine(environ=told))


def test_a_role_that_exists_is_not_given_another_password(admin, url):
    may_make_roles(admin)
    admin.execute("CREATE ROLE drawbar_engine LOGIN PASSWORD 'told'")

    with pytest.raises(UnableToOpenDatabase, match=r"exists, but.*DRAWBAR_ENGINE_URL"):
        open_database(environ={"DATABASE_URL": url})


def test_a_restored_database_brings_the_passwords_of_roles_it_makes_again(admin, url, bare_server):
    may_make_roles(admin)
    with open_database(environ={"DATABASE_URL": url}) as before:
        pass
    with psycopg.connect(altered(bare_server, dbname="freight")) as administrator:
        for role in ("drawbar_engine", "drawbar_request"):
            administrator.execute(f"DROP OWNED BY {role}")
            administrator.execute(f"DROP ROLE {role}")

    with open_database(environ={"DATABASE_URL": url}) as restored:
        assert value(restored.engine_url, "SELECT 1") == 1
        assert restored.logins == before.logins


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        ("ALTER ROLE drawbar_request SUPERUSER", "is a superuser"),
        ("ALTER ROLE drawbar_request BYPASSRLS", "is above row-level security"),
        ("GRANT firm TO drawbar_request", "owns a database"),
        ("GRANT drawbar_engine TO drawbar_request", "is above row-level security"),
    ],
    ids=["superuser", "bypasses", "member of the owner", "member of the engine"],
)
def test_refuses_to_start_when_a_request_is_not_held_by_row_security(admin, url, harm, reason):
    told = made_by_the_administrator(admin, url)
    admin.execute("ALTER ROLE drawbar_engine BYPASSRLS")
    admin.execute(harm)

    with pytest.raises(UnsafeRequestRole, match=reason):
        open_database(environ=told)
    assert not named(examine(environ=told), "request role").ok


def test_refuses_a_request_role_that_owns_a_table(admin, url):
    told = made_by_the_administrator(admin, url)
    with psycopg.connect(url) as owner:
        owner.execute("GRANT CREATE ON SCHEMA public TO drawbar_request")
    with psycopg.connect(told["DRAWBAR_REQUEST_URL"]) as request:
        request.execute("CREATE TABLE mine (x text)")

    with pytest.raises(UnsafeRequestRole, match="`drawbar_request` owns tables"):
        open_database(environ=told)


def test_refuses_the_owner_as_request_role(admin, url):
    told = made_by_the_administrator(admin, url) | {"DRAWBAR_REQUEST_URL": url}

    with pytest.raises(UnsafeRequestRole, match="`firm` owns a database"):
        open_database(environ=told)


def test_a_server_that_cannot_be_reached_is_said_without_its_password(url):
    gone = altered(url, password="s3cret", port="1")

    with pytest.raises(UnableToOpenDatabase, match="cannot be reached") as refused:
        open_database(environ={"DATABASE_URL": gone})
    assert "s3cret" not in str(refused.value)
    assert [check.ok for check in examine(environ={"DATABASE_URL": gone})] == [False]


def test_describes_itself_without_a_password(admin, url):
    may_make_roles(admin)
    with open_database(environ={"DATABASE_URL": url}) as database:
        assert database.describe().startswith("PostgreSQL 18, freight at 127.0.0.1:")
        assert database.describe().endswith("from DATABASE_URL")
        database.revive()
        assert database.owner_url == url
