"""What an operator decides about the web doors: where they stand and how much they let in."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from drawbar.connectors.wire.port import Hearing
from drawbar.engine.clock import Clock, SystemClock
from drawbar.flow.company import Company
from drawbar.web.auth.secret import Secret
from drawbar.web.desks.incident import Incident

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")


class WebSettings(Struct, frozen=True, kw_only=True):
    """``hosts`` are the names we answer to, without a port; another name is refused.

    ``partners`` are the systems whose files may come as a post, by the names of their files.

    ``body_bytes_max`` bounds one request, ``requests_per_minute`` one caller. ``secure_cookie`` is
    for pages behind TLS; without it they belong on the loopback address only. A session ends by
    the clock of the ``machine``, also where ``clock`` is that of a simulated world.

    A demo tells what to look at on the first page: ``guide`` is asked each time for incidents,
    ``history`` for what the days before showed, ``progress`` for a line while they are built.
    """

    secret: Secret
    clock: Clock
    machine: Clock = SystemClock()
    company: Company
    partners: Mapping[str, Hearing] = {}
    hosts: tuple[str, ...] = LOOPBACK_HOSTS
    body_bytes_max: int = 2 * 1024 * 1024
    requests_per_minute: int = 1200
    secure_cookie: bool = False
    guide: Callable[[], tuple[Incident, ...]] = tuple
    history: Callable[[], Mapping[str, str]] = dict
    progress: Callable[[], str] = str
