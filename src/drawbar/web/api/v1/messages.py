"""Messages over HTTP: what came in, what became of it, and the very bytes."""

from collections.abc import Mapping
from datetime import datetime

from litestar import Response, get
from msgspec import Struct

from drawbar.connectors.wire.port import Hearing
from drawbar.records.desk.message import MessageKept, facts_of, message
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.inbound import StreamV1
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings
from drawbar.web.problem import Flaw, unknown
from drawbar.web.visibility import streams_of

NOBODY: Mapping[str, Hearing] = {}


class FactHeadV1(Struct, frozen=True, kw_only=True):
    """A fact that was read from a message, and where it stood in it."""

    key: str
    name: str
    happened_at: datetime
    learned_at: datetime
    place: str


class MessageV1(Struct, frozen=True, kw_only=True):
    """A message as it was kept. ``times`` counts how often the same bytes came."""

    message_ref: str
    direction: str
    channel: str
    sender: str
    key: str
    content_type: str
    size: int
    sha256: str
    learned_at: datetime
    last_at: datetime
    times: int
    outcome: str
    facts: tuple[FactHeadV1, ...]
    streams: tuple[StreamV1, ...]
    problems: tuple[Flaw, ...]
    links: dict[str, str]


@get("/v1/messages/{message_ref:str}", **policy(Scope.MESSAGE_READ, writes=False))
def read_message(
    message_ref: NamePath, caller: GivenCaller, reads: GivenReads, settings: GivenSettings
) -> MessageV1:
    """Read what became of a message. A carrier sees its own."""
    with reads.connection() as connection, connection.cursor() as cursor:
        found = seen_message(cursor, message_ref, caller, partners=settings.partners)
        return message_v1(cursor, found, caller)


@get(
    "/v1/messages/{message_ref:str}/raw",
    media_type="application/octet-stream",
    **policy(Scope.MESSAGE_READ, writes=False),
)
def read_raw(
    message_ref: NamePath, caller: GivenCaller, reads: GivenReads, settings: GivenSettings
) -> Response[bytes]:
    """Read the bytes of a message exactly as they came or went."""
    with reads.connection() as connection, connection.cursor() as cursor:
        return raw_bytes(seen_message(cursor, message_ref, caller, partners=settings.partners))


def seen_message(
    cursor: Rows, message_ref: str, caller: Caller, *, partners: Mapping[str, Hearing] = NOBODY
) -> MessageKept:
    """Return a message that ``caller`` may see. Raise ``Refusal`` (404) for any other.

    A carrier sees what came from it: under its key, or by the wire of its system.
    """
    found = message(cursor, message_ref)
    if found is None or (caller.carrier_ref and not _is_from(found, caller, partners)):
        raise unknown("message")
    return found


def _is_from(found: MessageKept, caller: Caller, partners: Mapping[str, Hearing]) -> bool:
    partner = partners.get(found.sender) if found.direction == "in" else None
    is_partner = partner is not None and partner.party_ref == caller.carrier_ref
    return is_partner or found.sender == caller.sender


def message_v1(cursor: Rows, found: MessageKept, caller: Caller) -> MessageV1:
    """Return a message as version 1 says it."""
    ref = found.message_ref
    return MessageV1(
        message_ref=ref,
        direction=found.direction,
        channel=found.channel,
        sender=found.sender,
        key=found.key,
        content_type=found.content_type,
        size=len(found.body),
        sha256=found.sha256.hex(),
        learned_at=found.learned_at,
        last_at=found.last_at,
        times=found.times,
        outcome=found.outcome,
        facts=tuple(
            FactHeadV1(
                key=fact.key,
                name=fact.name,
                happened_at=fact.happened_at,
                learned_at=fact.learned_at,
                place=fact.place,
            )
            for fact in facts_of(cursor, ref)
        ),
        streams=tuple(
            StreamV1(kind=key.kind.value, ref=key.ref) for key in streams_of(cursor, ref, caller)
        ),
        problems=tuple(
            Flaw(path=said["place"], message=said["text"], remedy=said["remedy"])
            for said in found.problems
        ),
        links={"raw": f"/v1/messages/{ref}/raw"},
    )


def raw_bytes(found: MessageKept) -> Response[bytes]:
    """Return the bytes as a file: no browser ever shows them as anything of ours."""
    return Response(
        found.body,
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{found.message_ref}"'},
    )
