"""Which process is meant: the dead, the zombies and the reborn do not count."""

import os
import subprocess

from drawbar.records.server.process import Process, birth_of, command_of


def test_a_running_process_is_alive():
    assert Process(os.getpid(), birth_of(os.getpid())).is_alive()


def test_a_later_process_with_the_same_number_is_another_one():
    assert not Process(os.getpid(), "an earlier birth").is_alive()


def test_a_zombie_and_an_ended_process_are_not_alive():
    child = subprocess.Popen(["sleep", "60"])
    process = Process(child.pid, birth_of(child.pid))
    assert process.is_alive()

    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # a zombie now
    assert not process.is_alive()
    child.wait()
    assert not process.is_alive()


def test_names_the_command_of_a_process_and_none_for_a_dead_one():
    with subprocess.Popen(
        ["sh", "-c", "echo up; read _"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert command_of(child.pid) == "sh -c echo up; read _"

    assert command_of(child.pid) == ""
