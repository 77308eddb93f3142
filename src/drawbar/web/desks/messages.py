"""Messages and facts on pages: what came in, byte by byte, and what we understood of it."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.params import PathParameter, QueryParameter

from drawbar.freight.stream import StreamKey
from drawbar.records.desk.message import FactKept, carried, fact
from drawbar.web.api.v1.messages import message_v1, raw_bytes, seen_message
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.raw_bytes import shown
from drawbar.web.desks.rendering import render
from drawbar.web.desks.story_place import page_of
from drawbar.web.desks.twin import split
from drawbar.web.given import GivenCaller, GivenReads, GivenSettings
from drawbar.web.problem import unknown

KeyPath = Annotated[str, PathParameter(max_length=220, pattern=r"^[^\x00]*$")]

_Place = Annotated[str, QueryParameter(max_length=300, pattern=r"^[^\x00]*$")]


@get("/messages/{message_ref:str}", **page(Scope.MESSAGE_READ))
def message(
    message_ref: NamePath,
    caller: GivenCaller,
    reads: GivenReads,
    settings: GivenSettings,
    place: _Place = "",
) -> Response[Any]:
    """Show one message, with ``place`` marked in its bytes."""
    ref, as_data = split(message_ref)
    with reads.connection() as connection, connection.cursor() as cursor:
        found = seen_message(cursor, ref, caller)
        told = message_v1(cursor, found, caller)
        delivery = carried(cursor, found.delivery_id)
    if as_data:
        return Response(told)
    view = shown(found.body, place=place)
    return render(
        "message.html",
        here="/messages",
        message=told,
        error=found.error,
        shown=view.html,
        binary=view.is_binary,
        cut=view.cut,
        place=place,
        delivery=delivery,
        home_zone=settings.company.zone,
        streams=[(key.kind, key.ref, page_of(key.kind, key.ref)) for key in told.streams],
    )


@get("/messages/{message_ref:str}/raw", **page(Scope.MESSAGE_READ))
def raw_message(message_ref: NamePath, caller: GivenCaller, reads: GivenReads) -> Response[bytes]:
    """Hand out the bytes of a message exactly as they came or went."""
    with reads.connection() as connection, connection.cursor() as cursor:
        return raw_bytes(seen_message(cursor, message_ref, caller))


@get("/facts/{key:path}", **page(Scope.MESSAGE_READ))
def kept_fact(key: KeyPath, reads: GivenReads, settings: GivenSettings) -> Response[Any]:
    """Show one fact: what it says, which bytes said it, whose story it changed."""
    wanted, as_data = split(key.removeprefix("/"))
    with reads.connection() as connection, connection.cursor() as cursor:
        found = fact(cursor, wanted)
    if found is None:
        raise unknown("fact")
    if as_data:
        return Response(found.fact)
    return render(
        "fact.html",
        here="/messages",
        fact=found,
        said=_said(found),
        home_zone=settings.company.zone,
        streams=[(key.kind.value, key.ref, _place_of(key)) for key in found.streams],
    )


def _said(found: FactKept) -> str:
    return msgspec.json.format(msgspec.json.encode(found.fact), indent=2).decode()


def _place_of(key: StreamKey) -> str:
    return page_of(key.kind.value, key.ref)
