"""The door at which partners post AS2 messages and receipts: opened by their signatures alone.

What is taken is kept with its receipt before the receipt is given; reading it is the connector's.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import structlog
from litestar import Request, Response, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from msgspec import Struct

from drawbar.connectors.as2.door import Answer, Party, answer_post, names_in
from drawbar.connectors.as2.entity import Headers
from drawbar.connectors.as2.wire import As2Wire
from drawbar.connectors.wire.port import Barred, Hearing
from drawbar.web.auth.pace import Pace
from drawbar.web.auth.policy import open_to_all
from drawbar.web.given import GivenSettings
from drawbar.web.problem import Refusal, problem

BYTES_MAX = 96 * 1024 * 1024
"""The size of one post; each profile bounds its payloads below that."""

POSTS_PER_MINUTE = 120
"""How many posts one address may make."""

_log = structlog.get_logger()


class Posted(Struct, frozen=True):
    """A post as it came: nobody is known yet."""

    headers: Headers
    body: bytes


Arrived = NamedDependency[Posted]


class Doorman:
    """Reads a post, unless its address makes too many."""

    def __init__(self, *, per_minute: int = POSTS_PER_MINUTE) -> None:
        """Let each address make ``per_minute`` posts a minute."""
        self._pace = Pace(per_minute=per_minute)

    async def __call__(self, request: Request[Any, None, State], settings: GivenSettings) -> Posted:
        """Return the post, without the body of one from nobody. Raise ``Refusal`` (429)."""
        self._pace.take(request.client.host if request.client else "")
        headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in request.scope["headers"]
        )
        is_known = names_in(headers) in {wire.names for _, wire in _wires(settings.partners)}
        return Posted(headers, await request.body() if is_known else b"")


@post(
    "/as2",
    status_code=200,
    request_max_body_size=BYTES_MAX,
    **open_to_all("a partner is known by the signature under its message"),
)
def take_as2(posted: Arrived, settings: GivenSettings) -> Response[bytes]:
    """Take a message or a receipt of a partner, and answer with our receipt where one is wanted."""
    try:
        answer = answer_post(posted.headers, posted.body, parties_of(settings.partners))
    except OSError as error:
        _log.error("as2 post not kept", error=repr(error))
        raise Refusal(problem(503, "not-ready", "It cannot be kept now. Send it again.")) from error
    _log.info("as2 post", status=answer.status, text=answer.text, taken=answer.taken)
    return _response(answer)


def parties_of(partners: Mapping[str, Hearing]) -> Iterable[Party]:
    """Yield the partners whose wire is AS2; one with unusable keys is not at the door."""
    for name, wire in _wires(partners):
        try:
            yield wire.party
        except Barred as error:
            _log.error("as2 partner not at the door", system=name, error=str(error))


def _wires(partners: Mapping[str, Hearing]) -> Iterator[tuple[str, As2Wire]]:
    for name, partner in partners.items():
        wire = getattr(partner, "wire", None)
        if isinstance(wire, As2Wire):
            yield name, wire


def _response(answer: Answer) -> Response[bytes]:
    kind = next((value for name, value in answer.headers if name == "Content-Type"), "text/plain")
    others = {name: value for name, value in answer.headers if name != "Content-Type"}
    return Response(answer.body, status_code=answer.status, media_type=kind, headers=others)
