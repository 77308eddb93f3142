"""One line stays open to each system; one that has gone stale is opened anew, without a word."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from drawbar.world.conductor import Desk
from drawbar.world.conductor.cast import Unheard
from drawbar.world.exchange import Answer, Refusal, Request, told
from drawbar.world.listener import Listener, Routes


@contextmanager
def listening(heard: list[bytes], *, port: int = 0) -> Iterator[Listener]:
    def take(request: Request) -> Answer:
        heard.append(request.body)
        return told({"heard": len(heard)})

    def refuse(_: Request) -> Answer:
        raise Refusal("NO", "we do not do that")

    routes = Routes()
    routes.add("POST", "/control/turn", take)
    routes.add("POST", "/control/no", refuse)
    listener = Listener(routes, port=port)
    thread = threading.Thread(target=listener.listen)
    thread.start()
    try:
        yield listener
    finally:
        listener.close()
        thread.join()


def test_it_is_told_and_answers_over_one_line():
    heard: list[bytes] = []
    with listening(heard) as system:
        desk = Desk(system.address)
        first = desk.tell("/control/turn", {"now": 1})
        line = desk._line
        second = desk.tell("/control/turn", {"now": 2})
        same = desk._line is line
        desk.close()

    assert (first, second, same) == ({"heard": 1}, {"heard": 2}, True)
    assert heard == [b'{"now": 1}', b'{"now": 2}']


def test_a_line_that_has_gone_stale_is_opened_anew():
    heard: list[bytes] = []
    with listening(heard) as system:
        desk, address = Desk(system.address), system.address
        desk.tell("/control/turn", {})
        assert desk._line is not None
        assert desk._line.sock is not None
        desk._line.sock.shutdown(2)  # as when the system was started anew meanwhile
        again = desk.tell("/control/turn", {})
        desk.close()

    assert again == {"heard": 2}
    assert address == desk.address


def test_whoever_is_not_there_is_not_told():
    with listening([]) as system:
        desk = Desk(system.address)

    with pytest.raises(OSError, match="refused"):
        desk.tell("/control/turn", {})


def test_what_is_not_taken_is_a_fault_with_the_answer_in_it():
    with listening([]) as system:
        desk = Desk(system.address)
        with pytest.raises(Unheard, match=r"/control/no at .*: 422 .*we do not do that"):
            desk.tell("/control/no", {})
        desk.close()
