"""How the tables come to the version this Drawbar needs: each step once, in order, unchanged."""

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import psycopg
import pytest

from drawbar.records.migrate import UnableToMigrate, migrate, read_migrations
from drawbar.records.server import Database, Logins, isolated, open_database

ORDERS = "CREATE TABLE orders (order_ref text PRIMARY KEY);"
BILLS = "CREATE TABLE bills (bill_ref text PRIMARY KEY);\nINSERT INTO bills VALUES ('B-1');"
_numbers = count()


def folder_of(path: Path, **steps: str) -> Path:
    for name, text in steps.items():
        (path / f"{name.removeprefix('m')}.sql").write_text(text)
    return path


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def server() -> Iterator[Database]:
    told = {name: os.environ[name] for name in ("DATABASE_URL",) if name in os.environ}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # under root the server's account must get through
        with open_database(environ=told, data_dir=Path(folder, "data")) as database:
            yield database


@pytest.fixture
def empty(server: Database) -> Iterator[Logins]:
    name = f"migrate_{os.getpid()}_{next(_numbers)}"
    with isolated(server.logins, name) as logins:
        yield logins


@pytest.mark.system
def test_applies_each_step_once_and_in_order(empty, tmp_path):
    folder = folder_of(tmp_path, m0001_orders=ORDERS, m0002_bills=BILLS)

    assert migrate(empty.owner_url, folder) == ["0001_orders.sql", "0002_bills.sql"]
    assert migrate(empty.owner_url, folder) == []
    assert rows(empty.owner_url, "SELECT * FROM bills") == [("B-1",)]


@pytest.mark.system
def test_a_later_release_applies_only_what_is_new(empty, tmp_path):
    migrate(empty.owner_url, folder_of(tmp_path, m0001_orders=ORDERS))

    assert migrate(empty.owner_url, folder_of(tmp_path, m0002_bills=BILLS)) == ["0002_bills.sql"]


@pytest.mark.system
def test_two_releases_starting_at_once_apply_each_step_once(empty, tmp_path):
    slow = "SELECT pg_sleep(0.3);" + BILLS
    folder = folder_of(tmp_path, m0001_orders=ORDERS, m0002_bills=slow)

    with ThreadPoolExecutor(3) as pool:
        applied = list(pool.map(lambda _: migrate(empty.owner_url, folder), range(3)))

    assert sorted(applied) == [[], [], ["0001_orders.sql", "0002_bills.sql"]]


@pytest.mark.system
def test_refuses_a_step_that_was_changed_after_it_was_applied(empty, tmp_path):
    migrate(empty.owner_url, folder_of(tmp_path, m0001_orders=ORDERS))
    changed = folder_of(tmp_path, m0001_orders=ORDERS + "\n-- and more", m0002_bills=BILLS)

    with pytest.raises(UnableToMigrate, match=r"0001_orders\.sql was changed"):
        migrate(empty.owner_url, changed)
    assert rows(empty.owner_url, "SELECT to_regclass('bills')") == [(None,)]


@pytest.mark.system
def test_the_line_ends_of_a_checkout_are_no_change(empty, tmp_path):
    folder = folder_of(tmp_path, m0002_bills=BILLS)
    migrate(empty.owner_url, folder)
    (folder / "0002_bills.sql").write_bytes(BILLS.replace("\n", "\r\n").encode())

    assert migrate(empty.owner_url, folder) == []


@pytest.mark.system
def test_refuses_a_database_newer_than_the_program(empty, tmp_path):
    folder = folder_of(tmp_path, m0001_orders=ORDERS, m0002_bills=BILLS)
    migrate(empty.owner_url, folder)
    (folder / "0002_bills.sql").unlink()

    with pytest.raises(UnableToMigrate, match=r"newer than this program: it has 0002_bills\.sql"):
        migrate(empty.owner_url, folder)


@pytest.mark.system
def test_refuses_a_step_slipped_in_before_applied_ones(empty, tmp_path):
    migrate(empty.owner_url, folder_of(tmp_path, m0002_bills=BILLS))

    with pytest.raises(UnableToMigrate, match=r"0001_orders\.sql comes before"):
        migrate(empty.owner_url, folder_of(tmp_path, m0001_orders=ORDERS))


@pytest.mark.system
def test_a_step_that_fails_half_way_leaves_nothing_of_itself(empty, tmp_path):
    folder = folder_of(tmp_path, m0001_orders=ORDERS, m0002_bills=BILLS + "SELECT 1 / 0;")

    with pytest.raises(UnableToMigrate, match=r"0002_bills\.sql failed: division by zero"):
        migrate(empty.owner_url, folder)
    assert rows(empty.owner_url, "SELECT name FROM migrations") == [("0001_orders.sql",)]
    assert rows(empty.owner_url, "SELECT to_regclass('bills')") == [(None,)]


@pytest.mark.system
@pytest.mark.parametrize("end", ["COMMIT;", "ROLLBACK;"], ids=["commits", "rolls back"])
def test_refuses_a_step_that_ends_its_own_transaction(empty, tmp_path, end):
    folder = folder_of(tmp_path, m0001_orders=ORDERS + end)

    with pytest.raises(UnableToMigrate, match="Remove BEGIN and COMMIT"):
        migrate(empty.owner_url, folder)


@pytest.mark.system
def test_a_percent_sign_and_several_statements_are_plain_sql(empty, tmp_path):
    text = "CREATE TABLE t (x text);INSERT INTO t VALUES ('5 %s %');"
    migrate(empty.owner_url, folder_of(tmp_path, m0001_percent=text))

    assert rows(empty.owner_url, "SELECT x FROM t") == [("5 %s %",)]


@pytest.mark.system
def test_the_engine_may_use_what_a_step_made_and_a_request_may_not(empty, tmp_path):
    migrate(empty.owner_url, folder_of(tmp_path, m0002_bills=BILLS))

    assert rows(empty.engine_url, "SELECT bill_ref FROM bills") == [("B-1",)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rows(empty.request_url, "SELECT bill_ref FROM bills")


def test_refuses_two_steps_of_one_number(tmp_path):
    with pytest.raises(UnableToMigrate, match="number 0001"):
        read_migrations(folder_of(tmp_path, m0001_orders=ORDERS, m0001_bills=BILLS))


@pytest.mark.parametrize("name", ["1_orders", "0001-orders", "0001_Orders", "orders"])
def test_refuses_a_file_that_is_not_named_like_a_step(tmp_path, name):
    with pytest.raises(UnableToMigrate, match="not named like a migration"):
        read_migrations(folder_of(tmp_path, **{name: ORDERS}))
