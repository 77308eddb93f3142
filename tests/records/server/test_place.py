"""Where the data live: with the user, or where root's server can reach them."""

import os
from pathlib import Path

import pytest

from drawbar.records.server.account import Account, accounts, server_account
from drawbar.records.server.place import Place, find_place, prepare
from drawbar.records.server.refusal import UnableToOpenDatabase

ANNA = Account("anna", 1000, 1000, Path("/home/anna"), is_lent=False)
LENT = Account("postgres", 101, 101, Path("/var/lib/postgresql"), is_lent=True)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "/home/anna/.local/share/drawbar/acme"),
        ({"HOME": "/srv/anna"}, "/srv/anna/.local/share/drawbar/acme"),
        ({"HOME": "/srv/anna", "XDG_DATA_HOME": "/data"}, "/data/drawbar/acme"),
        ({"XDG_DATA_HOME": "/data", "DRAWBAR_DATA": "/mnt/freight"}, "/mnt/freight"),
    ],
    ids=["account's home", "told home", "told data home", "told directory"],
)
def test_an_ordinary_users_data_are_where_they_said(environ, expected):
    assert find_place("acme", environ=environ, data_dir=None, account=ANNA).folder == Path(expected)


def test_roots_data_are_outside_of_roots_home():
    place = find_place("acme", environ={"HOME": "/root"}, data_dir=None, account=LENT)

    assert place.folder == Path("/var/lib/drawbar/acme")


def test_an_argument_wins_over_the_environment(tmp_path):
    told = {"DRAWBAR_DATA": "/mnt/freight"}

    place = find_place("acme", environ=told, data_dir=tmp_path / "x" / ".." / "y", account=ANNA)

    assert place.folder == tmp_path / "y"


def test_makes_the_folder_for_us_alone_and_leaves_its_parents_as_they_are(folder):
    ours = server_account(os.geteuid(), accounts())
    before = folder.stat().st_mode

    prepare(Place(folder / "new" / "data"), ours)

    expected = 0o711 if ours.is_lent else 0o700
    assert (folder / "new" / "data").stat().st_mode & 0o777 == expected
    assert folder.stat().st_mode == before


def test_says_when_the_folder_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(UnableToOpenDatabase, match=r"cannot be made.*DRAWBAR_DATA.*DATABASE_URL"):
        prepare(Place(tmp_path / "file" / "data"), server_account(os.geteuid(), accounts()))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_says_when_the_folder_is_not_ours_to_write_in():
    with pytest.raises(UnableToOpenDatabase, match="not ours to write in"):
        prepare(Place(Path("/usr")), server_account(os.geteuid(), accounts()))


@pytest.mark.needs("root")
def test_names_the_parent_that_roots_server_cannot_enter(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    account = server_account(0, accounts())

    with pytest.raises(UnableToOpenDatabase) as refused:
        prepare(Place(closed / "data"), account)

    assert f"runs as `{account.name}`, which cannot enter {closed}," in refused.value.what
    assert closed.stat().st_mode & 0o777 == 0o700
