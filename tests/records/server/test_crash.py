"""What a kill -9, a taken port or a stranger with the same number may do to us: nothing lasting."""

import contextlib
import os
import pwd
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from drawbar.records.server import Database, UnableToOpenDatabase, open_database
from drawbar.records.server.account import Account, accounts, server_account
from drawbar.records.server.embedded import join_server, logins_of, seat_at
from drawbar.records.server.place import Place, prepare
from drawbar.records.server.postmaster import start

pytestmark = pytest.mark.system


def open_in(data: Path) -> Database:
    return open_database(environ={}, data_dir=data)


def postmaster(data: Path) -> int:
    return int((data / "cluster" / "postmaster.pid").read_text().split()[0])


def kill_server(data: Path) -> int:
    pid = postmaster(data)
    os.kill(pid, signal.SIGKILL)
    return pid


def note(database: Database) -> None:
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("DROP TABLE IF EXISTS note")
        owner.execute("CREATE TABLE note AS SELECT 'kept' AS word")


def noted(database: Database) -> str:
    with psycopg.connect(database.owner_url) as owner:
        return str(owner.execute("SELECT word FROM note").fetchone()[0])


def busy(database: Database) -> Callable[[], None]:
    """Start a session that computes for about two seconds and does not notice a killed server."""
    session = psycopg.connect(database.owner_url, autocommit=True)
    started = threading.Event()

    def compute() -> None:
        started.set()
        with session, contextlib.suppress(psycopg.OperationalError):
            session.execute(
                "DO $$ BEGIN WHILE clock_timestamp() < statement_timestamp() + interval '2 s'"
                " LOOP END LOOP; END $$"
            )

    thread = threading.Thread(target=compute)
    thread.start()
    started.wait()
    time.sleep(0.2)
    return thread.join


def test_a_killed_server_is_started_again_with_every_commit_while_sessions_hold_its_memory(data):
    with open_in(data) as database:
        note(database)
        wait_for_session = busy(database)
        killed = kill_server(data)

        began = time.monotonic()
        with open_in(data) as second:
            assert time.monotonic() - began > 1, "no session held the memory: nothing was tried"
            assert postmaster(data) != killed
            assert noted(second) == "kept"
        wait_for_session()
        assert noted(database) == "kept", "the port is the same, so old URLs still work"


def test_who_uses_a_server_that_was_killed_may_revive_it(data):
    with open_in(data) as database:
        note(database)
        kill_server(data)

        database.revive()

        assert noted(database) == "kept"


def test_leaving_a_server_that_was_killed_is_no_error(data):
    with open_in(data):
        kill_server(data)


def test_another_port_is_taken_when_a_stranger_has_ours(data):
    with open_in(data) as database:
        note(database)
        port = int(Place(data).port.read_text())
    with socket.create_server(("127.0.0.1", port)), open_in(data) as database:
        assert int(Place(data).port.read_text()) != port
        assert noted(database) == "kept"


def test_revives_on_another_port_and_says_so_in_its_urls(data):
    with open_in(data) as database:
        note(database)
        before = database.request_url
        port = int(Place(data).port.read_text())
        kill_server(data)
        time.sleep(0.2)
        with socket.create_server(("127.0.0.1", port)):
            database.revive()

        assert database.request_url != before
        assert noted(database) == "kept"


@pytest.mark.parametrize("remembered", [True, False], ids=["seen ready", "killed while starting"])
def test_a_strangers_process_with_the_number_of_a_killed_server_is_not_the_server(data, remembered):
    place = Place(data)
    with open_in(place.folder) as database:
        note(database)
        pid = kill_server(place.folder)
        time.sleep(0.2)
        account = server_account(os.geteuid(), accounts())
        stranger = subprocess.Popen(["sleep", "60"], user=account.uid if account.is_lent else None)
        pid_file = place.cluster / "postmaster.pid"
        pid_file.write_text(pid_file.read_text().replace(str(pid), str(stranger.pid), 1))
        if remembered:
            text = place.postmaster.read_text().replace(str(pid), str(stranger.pid), 1)
            place.postmaster.write_text(text)
        else:
            place.postmaster.unlink()

        database.revive()

        assert noted(database) == "kept"
        assert stranger.poll() is None
        stranger.kill()
        stranger.wait()


def test_a_server_with_the_number_of_the_one_before_it_is_the_server(data):
    place = Place(data)
    with open_in(data):
        pid = postmaster(data)
        seen = place.postmaster.read_text()
        place.postmaster.write_text(seen.replace('"birth":"', '"birth":"earlier '))
        with open_in(data):
            assert postmaster(data) == pid


def test_a_first_start_that_was_killed_half_way_leaves_no_half_server(folder):
    place = Place(folder / "data")
    prepare(place, server_account(os.geteuid(), accounts()))
    (place.folder / "new-abc" / "cluster").mkdir(parents=True)
    (place.folder / "new-abc" / "password").write_text("x")

    with open_in(place.folder) as database:
        note(database)

    assert list(place.folder.glob("new-*")) == []


def test_a_server_that_cannot_start_says_why_soon_and_is_not_counted_as_used(own_data):
    place = Place(own_data)
    with open_in(place.folder):
        pass
    with (place.cluster / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = 'much'\n")

    with pytest.raises(UnableToOpenDatabase, match=r"(?s)does not start.*shared_buffers.*DATABASE"):
        open_in(place.folder)
    assert place.users.read_text() == "[]"


def test_data_of_another_postgresql_are_refused_by_version(own_data):
    with open_in(own_data):
        pass
    (own_data / "cluster" / "PG_VERSION").write_text("16\n")

    with pytest.raises(UnableToOpenDatabase, match="are of PostgreSQL 16; this Drawbar brings 18"):
        open_in(own_data)


def test_waits_for_a_start_no_longer_than_told(data):
    place = Place(data)
    with open_in(place.folder):
        seat = seat_at(place, server_account(os.geteuid(), accounts()))
        with pytest.raises(UnableToOpenDatabase, match="does not start"):
            start(seat, patience_s=0)


def lent_nobody() -> Account:
    return server_account(0, {"nobody": pwd.getpwnam("nobody")})


@pytest.mark.needs("root")
def test_roots_server_runs_as_nobody_where_there_is_no_postgres(folder):
    place, account = Place(folder / "data"), lent_nobody()
    prepare(place, account)
    seat = seat_at(place, account)

    server, port = join_server(seat, database="acme")
    try:
        logins = logins_of(seat, port=port, database="acme")
        with psycopg.connect(logins.owner_url) as owner:
            assert owner.info.dbname == "acme"
        owner_of_process = Path(f"/proc/{postmaster(place.folder)}").stat().st_uid
        assert owner_of_process == account.uid
    finally:
        server.leave()
