"""Under which account the server runs: never root, never one without a name."""

import os
import pwd

import pytest

from drawbar.records.server.account import account_of_data, accounts, server_account
from drawbar.records.server.refusal import UnableToOpenDatabase


def entry(name: str, uid: int) -> pwd.struct_passwd:
    return pwd.struct_passwd((name, "x", uid, uid, "", f"/home/{name}", "/bin/sh"))


ROOT, POSTGRES, NOBODY, ANNA = (
    entry(name, uid)
    for name, uid in (("root", 0), ("postgres", 101), ("nobody", 65534), ("anna", 1000))
)


def known(*entries: pwd.struct_passwd) -> dict[str, pwd.struct_passwd]:
    return {found.pw_name: found for found in entries}


def test_root_lends_the_account_postgres_where_there_is_one():
    account = server_account(0, known(ROOT, NOBODY, POSTGRES))

    assert (account.name, account.uid, account.is_lent) == ("postgres", 101, True)


def test_root_lends_nobody_where_there_is_no_postgres():
    account = server_account(0, known(ROOT, NOBODY))

    assert (account.name, account.uid, account.is_lent) == ("nobody", 65534, True)


def test_root_without_either_is_refused():
    with pytest.raises(
        UnableToOpenDatabase, match=r"neither `postgres` nor `nobody`.*DATABASE_URL"
    ):
        server_account(0, known(ROOT))


@pytest.mark.parametrize("user", [ANNA, POSTGRES, NOBODY], ids=["anna", "postgres", "nobody"])
def test_an_ordinary_user_runs_the_server_as_themselves(user):
    account = server_account(user.pw_uid, known(POSTGRES, NOBODY, ANNA))

    assert (account.name, account.is_lent) == (user.pw_name, False)


def test_a_user_id_without_a_name_is_refused():
    with pytest.raises(UnableToOpenDatabase, match=r"user id 4242 has no name.*DATABASE_URL"):
        server_account(4242, known(POSTGRES, NOBODY, ANNA))


def test_data_stay_with_the_account_that_began_them(tmp_path):
    """Here the data are ours, under whatever name: as if `nobody` had been us."""
    us = entry("nobody", tmp_path.stat().st_uid)
    lent = server_account(0, known(POSTGRES))

    assert account_of_data(tmp_path, lent, known(POSTGRES, us)).name == "nobody"
    assert account_of_data(tmp_path / "none yet", lent, known(POSTGRES, us)) == lent


def test_root_does_not_run_a_server_on_the_data_of_an_ordinary_user(tmp_path):
    lent = server_account(0, known(POSTGRES))
    us = entry("anna", tmp_path.stat().st_uid)

    with pytest.raises(UnableToOpenDatabase, match=r"belong to the user id \d+.*as that user"):
        account_of_data(tmp_path, lent, known(POSTGRES, us))


def test_this_machine_has_an_account_for_us():
    assert server_account(os.geteuid(), accounts()).uid != 0
