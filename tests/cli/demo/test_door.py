"""Paper is handed in with a key; what cannot be had yet comes again, what is refused is a fault."""

import threading
from collections.abc import Iterator

import pytest

from drawbar.cli.demo.door import Door, RefusedPaper
from drawbar.world.conductor import Paper
from drawbar.world.exchange import Answer, Refusal, Request, told
from drawbar.world.listener import Listener, Routes

PAPER = Paper(path="/v1/pods", body={"pieces": 24}, key="SO-1/pod")


class Counter:
    """Whoever takes paper in; ``status`` is what it says to the next one."""

    def __init__(self) -> None:
        self.status, self.taken = 202, list[bytes]()

    def take(self, request: Request) -> Answer:
        if self.status != 202:
            raise Refusal("NO", "not like this", status=self.status)
        self.taken.append(request.body)
        return told({}, status=202)


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def door(counter: Counter) -> Iterator[Door]:
    routes = Routes()
    routes.add("POST", "/v1/pods", counter.take)
    listener = Listener(routes, port=0)
    thread = threading.Thread(target=listener.listen)
    thread.start()
    yield Door(listener.address, "key-1")
    listener.close()
    thread.join()


def test_paper_that_is_taken_is_in(door, counter):
    assert door.hand_in(PAPER)
    assert counter.taken == [b'{"pieces": 24}']


@pytest.mark.parametrize("status", [404, 503], ids=["unknown yet", "too busy"])
def test_paper_that_cannot_be_had_yet_comes_again(door, counter, status):
    counter.status = status

    assert not door.hand_in(PAPER)


@pytest.mark.parametrize("status", [400, 401, 409, 422, 500])
def test_paper_that_is_refused_stops_the_world(door, counter, status):
    counter.status = status

    with pytest.raises(RefusedPaper, match=f"/v1/pods: {status} .*not like this"):
        door.hand_in(PAPER)
