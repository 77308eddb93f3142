"""What can go wrong between two systems, switched on by a test or by whoever gives a demonstration.

Each fault says to which requests it happens, and how often; then it is over.
"""

import threading
import time
from collections.abc import Callable
from enum import StrEnum

import msgspec
from msgspec import Struct

from drawbar.world.exchange import Answer, LineCut, Request


class FaultKind(StrEnum):
    """What goes wrong."""

    LOSE_REQUEST = "lose_request"  # the line is cut before anything was done
    LOSE_ANSWER = "lose_answer"  # it was done, then the line is cut
    OUTAGE = "outage"  # every request is cut until the fault is cleared
    SILENT = "silent"  # a carrier over folders reads and writes nothing until it is cleared
    TOO_MANY = "too_many"  # 429 with Retry-After
    UNAVAILABLE = "unavailable"  # 503 with a page for people
    DELAY = "delay"
    REFUSE = "refuse"  # with a body of the tester's choice
    GARBLE = "garble"  # it was done, and the answer is no JSON


class Fault(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One fault. ``path`` and ``containing`` must occur in a request for it to happen to it.

    ``times`` counts down with each request that it happened to; an outage lasts until cleared, and
    for a carrier over folders it is a silence.
    """

    kind: FaultKind
    method: str = ""
    path: str = ""
    containing: str = ""
    times: int = 1
    seconds: float = 1.0
    status: int = 422
    body: msgspec.Raw = msgspec.Raw(b'{"error":{"code":"REFUSED","field":"","message":"refused"}}')


SILENCES = frozenset({FaultKind.OUTAGE, FaultKind.SILENT})


class Faults:
    """The faults that are switched on now."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._left: list[tuple[Fault, int]] = []

    def add(self, fault: Fault) -> None:
        """Switch a fault on."""
        with self._lock:
            self._left.append((fault, fault.times))

    def clear(self) -> None:
        """Switch everything off."""
        with self._lock:
            self._left.clear()

    @property
    def is_silent(self) -> bool:
        """Say whether who works with folders does not work now."""
        with self._lock:
            return any(fault.kind in SILENCES for fault, _ in self._left)

    def around(self, request: Request, go: Callable[[Request], Answer]) -> Answer:
        """Answer a request with ``go``, or the way that a fault says. Raise ``LineCut``."""
        fault = self._take(request)
        return go(request) if fault is None else _suffer(fault, request, go)

    def _take(self, request: Request) -> Fault | None:
        with self._lock:
            for index, (fault, left) in enumerate(self._left):
                if fault.kind is FaultKind.SILENT or not _concerns(fault, request):
                    continue
                if fault.kind is not FaultKind.OUTAGE:
                    self._left[index : index + 1] = [(fault, left - 1)] if left > 1 else []
                return fault
        return None


def _concerns(fault: Fault, request: Request) -> bool:
    return (
        fault.method in {"", request.method}
        and fault.path in request.path
        and fault.containing.encode() in request.body
    )


def _suffer(fault: Fault, request: Request, go: Callable[[Request], Answer]) -> Answer:
    match fault.kind:
        case FaultKind.LOSE_REQUEST | FaultKind.OUTAGE:
            raise LineCut
        case FaultKind.LOSE_ANSWER:
            go(request)
            raise LineCut
        case FaultKind.GARBLE:
            go(request)
            return Answer(body=b"<html>proxy error", content_type="text/html")
        case FaultKind.DELAY:
            time.sleep(fault.seconds)
            return go(request)
        case _:
            return _turned_away(fault)


def _turned_away(fault: Fault) -> Answer:
    if fault.kind is FaultKind.TOO_MANY:
        body = b'{"error":{"code":"TOO_MANY","field":"","message":"slow down"}}'
        return Answer(status=429, body=body, headers={"Retry-After": f"{fault.seconds:.0f}"})
    if fault.kind is FaultKind.UNAVAILABLE:
        page = b"<html><body><h1>503 Service Unavailable</h1></body></html>"
        return Answer(status=503, body=page, content_type="text/html")
    return Answer(status=fault.status, body=bytes(fault.body))
