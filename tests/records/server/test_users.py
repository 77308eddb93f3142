"""Who uses the server just now: only those who live."""

import os

import msgspec

from drawbar.records.server.durable import write_private
from drawbar.records.server.process import Process, birth_of
from drawbar.records.server.users import User, join, leave, living_users, this_user


def test_nobody_uses_a_server_that_was_never_joined(tmp_path):
    assert living_users(tmp_path / "users.json") == []


def test_one_process_may_join_twice_and_must_leave_twice(tmp_path):
    first, second, path = this_user(), this_user(), tmp_path / "users.json"
    join(path, first)
    join(path, second)

    assert leave(path, first) == [second]
    assert leave(path, first) == [second]
    assert leave(path, second) == []


def test_a_killed_user_and_one_whose_number_was_given_again_are_dropped(tmp_path):
    path, here = tmp_path / "users.json", this_user()
    reborn = User(Process(os.getpid(), "an earlier birth"), "a")
    never = User(Process(2**22 + 1, birth_of(1)), "b")
    write_private(path, msgspec.json.encode([reborn, never]))

    join(path, here)

    assert living_users(path) == [here]


def test_the_list_is_for_its_owner_alone(tmp_path):
    join(tmp_path / "users.json", this_user())

    assert (tmp_path / "users.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["users.json"]
