"""Talks to the small WMS: asks once, finds under our key what was done."""

import msgspec
from msgspec import Struct

from drawbar.connectors.http_system import HttpSystem
from drawbar.connectors.line import NoReply, NotAsExpected
from drawbar.connectors.port import Capabilities, Page, Sending, Unreachable
from drawbar.connectors.refusal import refusal
from drawbar.connectors.wms_rest import manifest, mapping
from drawbar.connectors.wms_rest.mapping import KIND_OF_DELIVERY, PATHS, Movement
from drawbar.freight.delivery import (
    Confirmed,
    Conflict,
    Existing,
    Outcome,
    ReserveStock,
)
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt

REMEMBERED_MAX = 1000


class _Found(Struct, frozen=True):
    movements: tuple[Movement, ...]


class SmallWms(HttpSystem):
    """The connector."""

    def __init__(self, settings: manifest.Settings) -> None:
        """Speak to the WMS that ``settings`` describe."""
        super().__init__(settings)
        self._settings = settings
        self._found: dict[str, bytes] = {}

    def capabilities(self) -> Capabilities:
        """Return what the WMS can do."""
        return manifest.capabilities(self._settings)

    def find(self, kind: str, business_key: str) -> tuple[str, ...]:
        """Return the numbers of the movements under our key."""
        try:
            found = self._search(KIND_OF_DELIVERY.get(kind, ""), business_key)
        except (NoReply, NotAsExpected) as error:
            raise Unreachable(str(error)) from error
        self._remember(found)
        return tuple(movement.number for movement in found)

    def changes(self, flow: str, cursor: str) -> Page:
        """Return nothing: what the WMS does is read from its answers."""
        del flow
        return Page(items=(), cursor=cursor)

    def read_answer(
        self, sending: Sending, outcome: Confirmed | Existing, receipt: Receipt
    ) -> tuple[Fact, ...]:
        """Return the pieces that were reserved. Raise ``Unreachable`` when they must be asked for.

        They must where only the number is known, and another process than this one found it.
        """
        if not isinstance(sending.payload, ReserveStock):
            return ()
        number = outcome.document
        body = outcome.said or self._found.pop(number, b"") or self._shown(number)
        revision = sending.payload.revision
        return (mapping.reserved(body, receipt, self._settings, revision=revision),)

    def _body(self, sending: Sending) -> bytes:
        return mapping.encoded(mapping.wish(sending, self._settings))

    def _bring(self, sending: Sending) -> Outcome:
        wanted, kind = mapping.wish(sending, self._settings), mapping.kind_of(sending)
        standing = self._search(kind, wanted.reference) if sending.attempt > 1 else ()
        return _settled(standing, wanted) if standing else self._ask(kind, wanted)

    def _ask(self, kind: str, wanted: mapping.Wish) -> Outcome:
        answer = self._line.ask("POST", PATHS[kind], body=mapping.encoded(wanted))
        refused = refusal(answer)
        if refused is not None:
            return refused
        return Confirmed(document=answer.read(Movement).number, said=answer.body)

    def _search(self, kind: str, reference: str) -> tuple[Movement, ...]:
        query = {"kind": kind, "reference": reference}
        return self._line.ask("GET", "/api/movements", query=query).read(_Found).movements

    def _remember(self, found: tuple[Movement, ...]) -> None:
        """Keep what was found until its pieces are asked for, a few at most."""
        for movement in found:
            self._found[movement.number] = msgspec.json.encode(movement)
        for number in list(self._found)[:-REMEMBERED_MAX]:
            self._found.pop(number, None)

    def _shown(self, number: str) -> bytes:
        try:
            answer = self._line.ask("GET", f"/api/movements/{number}")
            answer.read(Movement)
        except (NoReply, NotAsExpected) as error:
            raise Unreachable(str(error)) from error
        return answer.body


def _settled(standing: tuple[Movement, ...], wanted: mapping.Wish) -> Outcome:
    numbers = tuple(movement.number for movement in standing)
    if len(standing) > 1:
        text = f"{len(standing)} movements stand under {wanted.reference}: give one of them back"
        return Conflict(documents=numbers, text=text)
    said = msgspec.json.encode(standing[0])
    if not mapping.same(standing[0], wanted):
        text = f"{numbers[0]} stands under {wanted.reference} with other content"
        return Conflict(documents=numbers, text=text, said=said)
    return Existing(document=numbers[0], said=said)


def connect(settings: manifest.Settings) -> SmallWms:
    """Return the connector to one WMS."""
    return SmallWms(settings)
