"""Who may do what in our own database: the owner changes, the engine works, a request reads."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from drawbar.records.migrate import migrate
from drawbar.records.roles import UnsafeRequestRole, refuse_unsafe_request_role
from drawbar.records.server import Database, Logins, isolated, open_database

pytestmark = pytest.mark.system

BILLS = """
CREATE TABLE bills (partner_id text, bill_ref text, PRIMARY KEY (partner_id, bill_ref));
ALTER TABLE bills ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON bills TO drawbar_request
    USING (partner_id = current_setting('drawbar.partner_id', true));
GRANT SELECT ON bills TO drawbar_request;
INSERT INTO bills VALUES ('ABCD', 'B-1'), ('EFGH', 'B-2');
"""


@pytest.fixture(scope="module")
def database(shared_folder: Path) -> Iterator[Database]:
    with open_database(environ={}, data_dir=shared_folder / "data") as opened:
        yield opened


@pytest.fixture
def logins(database, tmp_path) -> Iterator[Logins]:
    (tmp_path / "0001_bills.sql").write_text(BILLS)
    with isolated(database.logins, "roles") as copy:
        migrate(copy.owner_url, tmp_path)
        yield copy


def bills(url: str, *, partner: str = "") -> list[str]:
    with psycopg.connect(url) as connection:
        connection.execute("SELECT set_config('drawbar.partner_id', %s, true)", [partner])
        return [ref for (ref,) in connection.execute("SELECT bill_ref FROM bills ORDER BY 1")]


def test_a_request_sees_the_rows_of_its_partner_and_none_without_one(logins):
    assert bills(logins.request_url, partner="ABCD") == ["B-1"]
    assert bills(logins.request_url) == []


def test_the_engine_sees_every_row_and_may_copy_into_a_table_under_row_security(logins):
    with psycopg.connect(logins.engine_url) as engine:
        with engine.cursor().copy("COPY bills FROM STDIN") as copy:
            copy.write_row(("ABCD", "B-3"))
        assert engine.execute("SELECT count(*) FROM bills").fetchone() == (3,)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE x (y text)",
        "DROP TABLE bills",
        "ALTER TABLE bills ADD y text",
        "SET ROLE drawbar_owner",
    ],
)
@pytest.mark.parametrize("role", ["engine", "request"])
def test_only_the_owner_changes_tables(logins, role, statement):
    url = {"engine": logins.engine_url, "request": logins.request_url}[role]

    with psycopg.connect(url) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute(statement)


def test_a_request_is_held_by_row_security_and_owner_and_engine_are_not(logins):
    with psycopg.connect(logins.request_url) as request:
        refuse_unsafe_request_role(request)
    for url, reason in (
        (logins.owner_url, "owns tables"),
        (logins.engine_url, "is above row-level security"),
    ):
        with psycopg.connect(url) as session, pytest.raises(UnsafeRequestRole, match=reason):
            refuse_unsafe_request_role(session)
