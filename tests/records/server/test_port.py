"""The server's port: the same while it can be, another when somebody took it."""

import socket

from drawbar.records.server.port import choose_port, is_free


def listener(port: int = 0) -> socket.socket:
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.bind(("127.0.0.1", port))
    taken.listen()
    return taken


def test_keeps_its_port_from_start_to_start(tmp_path):
    port = choose_port(tmp_path / "port")

    assert choose_port(tmp_path / "port") == port


def test_takes_another_port_and_keeps_that_when_the_first_is_taken(tmp_path):
    first = choose_port(tmp_path / "port")
    with listener(first):
        second = choose_port(tmp_path / "port")

    assert second != first
    assert choose_port(tmp_path / "port") == second


def test_a_port_somebody_listens_on_is_not_free():
    with listener() as taken:
        assert not is_free(taken.getsockname()[1])
