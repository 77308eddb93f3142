"""One server for all who use it at once, from the first to the last of them."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from drawbar.records.server import UnableToOpenDatabase, isolated, open_database
from drawbar.records.server.place import Place
from drawbar.records.server.users import living_users

pytestmark = pytest.mark.system

USE = """
import sys
from pathlib import Path
from drawbar.records.server import open_database
with open_database(environ={}, data_dir=Path(sys.argv[1])) as database:
    print((Path(sys.argv[1]) / "cluster/postmaster.pid").read_text().split()[0], flush=True)
    sys.stdin.read()
"""


def user_of(data: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", USE, data],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def postmaster_used_by(user: "subprocess.Popen[str]") -> int:
    assert user.stdout is not None
    return int(user.stdout.readline())


def end(user: "subprocess.Popen[str]") -> int:
    user.communicate(timeout=30)
    return user.returncode


def runs(data: Path) -> bool:
    return (data / "cluster" / "postmaster.pid").exists()


def test_three_that_start_at_once_share_one_server_and_the_last_one_stops_it(folder):
    data = folder / "data"
    users = [user_of(data) for _ in range(3)]

    assert len({postmaster_used_by(user) for user in users}) == 1
    assert [end(users[0]), end(users[1])] == [0, 0]
    assert runs(data)
    assert end(users[2]) == 0
    assert not runs(data)


def test_a_killed_user_leaves_a_server_that_the_next_one_uses_and_stops(data):
    killed = user_of(data)
    left = postmaster_used_by(killed)
    killed.kill()
    killed.communicate()
    assert runs(data)

    with open_database(environ={}, data_dir=data):
        pid = int((data / "cluster" / "postmaster.pid").read_text().split()[0])
        assert pid == left
        assert [user.process.pid for user in living_users(Place(data).users)] == [os.getpid()]

    assert not runs(data)


def test_the_data_stay_from_start_to_start_and_so_do_port_and_passwords(data):
    with open_database(environ={}, data_dir=data) as first:
        with psycopg.connect(first.owner_url) as owner:
            owner.execute("DROP TABLE IF EXISTS orders")
            owner.execute("CREATE TABLE orders (order_ref text)")
        before = first.owner_url

    with open_database(environ={}, data_dir=data) as again:
        assert again.owner_url == before
        with psycopg.connect(again.owner_url) as owner:
            assert owner.execute("SELECT count(*) FROM orders").fetchone() == (0,)


def test_one_process_that_opens_twice_keeps_the_server_until_it_closed_twice(data):
    first = open_database(environ={}, data_dir=data)
    second = open_database("other", environ={}, data_dir=data)

    first.close()
    first.close()
    with psycopg.connect(second.owner_url) as owner:
        assert owner.info.dbname == "other"
    second.close()
    assert not runs(data)


def test_only_we_can_read_the_passwords_and_no_description_tells_them(data):
    with open_database(environ={}, data_dir=data) as database:
        password = psycopg.conninfo.conninfo_to_dict(database.owner_url)["password"]
        place = Place(data)
        assert place.passwords.stat().st_mode & 0o777 == 0o600
        assert place.passwords.stat().st_uid == os.geteuid()
        assert password not in f"{database.describe()} {database.logins!r} {database!r}"
        assert place.log.read_text().count(password) == 0
        assert list(place.folder.glob("new-*")) == []


def test_nobody_gets_in_without_a_password(data):
    with (
        open_database(environ={}, data_dir=data) as database,
        pytest.raises(psycopg.OperationalError, match="password"),
    ):
        psycopg.connect(database.owner_url.replace(":", ":x", 2).replace("x//", "//"))


def test_the_server_listens_on_this_machine_alone_and_keeps_every_commit(data):
    shown = {
        "listen_addresses": "127.0.0.1",
        "password_encryption": "scram-sha-256",
        "fsync": "on",
        "synchronous_commit": "on",
        "server_encoding": "UTF8",
        "TimeZone": "UTC",
    }
    with (
        open_database(environ={}, data_dir=data) as database,
        psycopg.connect(database.owner_url) as owner,
    ):
        options = (data / "cluster" / "postmaster.opts").read_text()
        assert "unix_socket_directories=" in options
        for name, value in shown.items():
            assert owner.execute(f"SHOW {name}").fetchone() == (value,)
        locale = "SELECT datlocale FROM pg_database WHERE datname = current_database()"
        assert owner.execute(locale).fetchone() == ("C.UTF-8",)
        assert owner.execute("SELECT upper('łódź')").fetchone() == ("ŁÓDŹ",)


def test_a_copy_of_a_database_is_alone_and_removed_after(data):
    with open_database(environ={}, data_dir=data) as database:
        with psycopg.connect(database.owner_url) as owner:
            owner.execute("DROP TABLE IF EXISTS orders")
            owner.execute("CREATE TABLE orders AS SELECT 'O-1' AS order_ref")
        with isolated(database.logins, "trial") as copy:
            with psycopg.connect(copy.owner_url) as owner:
                owner.execute("DELETE FROM orders")
            with psycopg.connect(copy.engine_url) as engine:
                assert engine.info.dbname == "trial"
        with psycopg.connect(database.owner_url) as owner:
            assert owner.execute("SELECT order_ref FROM orders").fetchall() == [("O-1",)]
            names = owner.execute("SELECT datname FROM pg_database").fetchall()
            assert ("trial",) not in names


def test_lost_passwords_are_not_replaced_by_others(own_data):
    with open_database(environ={}, data_dir=own_data):
        pass
    Place(own_data).passwords.unlink()

    with pytest.raises(UnableToOpenDatabase, match=r"passwords of the server in .* are gone"):
        open_database(environ={}, data_dir=own_data)
    assert not Place(own_data).passwords.exists()


@pytest.mark.parametrize("name", ["", "Acme", "a-b", "1st", 'x"; DROP', "../x"])
def test_refuses_a_name_that_is_no_name_of_a_database(folder, name):
    with pytest.raises(UnableToOpenDatabase, match="cannot be the name of a database"):
        open_database(name, environ={}, data_dir=folder / "data")
