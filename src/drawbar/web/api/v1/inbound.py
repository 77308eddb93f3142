"""One request on its way in: who sends it, whom they may speak for, and what became of it."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from msgspec import Struct

from drawbar.engine import Engine, Intake, Taken, TakenAs
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.acted import editors_of, is_on_file
from drawbar.records.desk.message import Standing, standing
from drawbar.records.desk.reads import Reads
from drawbar.records.desk.stream import stream
from drawbar.web.api.v1.term import ReferenceV1, references_of
from drawbar.web.auth.caller import Caller
from drawbar.web.given import GivenCaller, GivenEngine, GivenReads, GivenSettings
from drawbar.web.problem import Flaw, Refusal, problem, unknown
from drawbar.web.settings import WebSettings
from drawbar.web.visibility import may_speak_for, streams_of

_KEY = re.compile(r"[!-~]{1,100}")


class StreamV1(Struct, frozen=True, kw_only=True):
    """A story that the message became part of."""

    kind: str
    ref: str


class TakenV1(Struct, frozen=True, kw_only=True):
    """What became of a message. ``duplicate``: it was taken before, and that answer stands.

    ``outcome`` is applied, parked (it waits for something that we do not know yet) or dead (kept,
    and a person of ours looks at it).
    """

    message_ref: str
    outcome: str
    duplicate: bool
    streams: tuple[StreamV1, ...]
    problems: tuple[Flaw, ...]
    links: dict[str, str]


class Inbound(Struct, frozen=True, kw_only=True):
    """One request with its sender, ready to be taken."""

    body: bytes
    key: str
    caller: Caller
    engine: Engine
    reads: Reads
    settings: WebSettings

    def speak_as(self, carrier_ref: str) -> None:
        """Raise ``Refusal`` (403) when a carrier speaks for another, known or not."""
        if self.caller.carrier_ref not in {"", carrier_ref}:
            raise Refusal(
                problem(403, "not-yours", f"This key speaks for {self.caller.carrier_ref} only.")
            )

    def speak_for_shipments(self, *names: tuple[ReferenceV1, ...]) -> None:
        """Raise ``Refusal`` (404) when a carrier names a shipment that it was never asked to take.

        Not known to anybody and not known to this carrier are the same answer.
        """
        carrier_ref = self.caller.carrier_ref
        if not carrier_ref:
            return
        with self.reads.connection() as connection, connection.cursor() as cursor:
            for references in set(names):
                meant = references_of(references, party=carrier_ref)
                keys = [self.settings.company.key_of(reference) for reference in meant]
                if not may_speak_for(cursor, keys, carrier_ref=carrier_ref):
                    raise unknown("shipment")

    def must_know(self, kind: StreamKind, ref: str) -> Any:
        """Return the state of a stream. Raise ``Refusal`` (404) when there is none to decide on."""
        with self.reads.connection() as connection, connection.cursor() as cursor:
            found = stream(cursor, StreamKey(kind, ref))
        if found is None:
            raise unknown(kind.value.replace("_", " "))
        return found.state

    def was_taken(self, verb: str) -> bool:
        """Say whether a message came under this key before: its first answer stands."""
        scope = (f"api:{verb}", self.caller.sender, self.key)
        with self.reads.connection() as connection, connection.cursor() as cursor:
            return is_on_file(cursor, scope)

    def refuse_editor(self, bill_ref: str) -> None:
        """Raise ``Refusal`` (403) where the caller mended a bill and would pay more of it too."""
        key = StreamKey(StreamKind.FREIGHT_BILL, bill_ref)
        with self.reads.connection() as connection, connection.cursor() as cursor:
            is_editor = self.caller.sender in editors_of(cursor, key)
        if is_editor:
            text = f"{self.caller.sender} mended this bill, so another person must approve it."
            raise Refusal(problem(403, "beyond-limit", text))

    def take(self, verb: str) -> TakenV1:
        """Keep the request's bytes and apply what they say. Raise ``Refusal`` (409)."""
        intake = Intake(
            channel=f"api:{verb}",
            sender=self.caller.sender,
            body=self.body,
            content_type="application/json",
            key=self.key,
        )
        (taken,) = self.engine.take([intake])
        _refuse_conflict(taken)
        return self.answer(taken)

    def answer(self, taken: Taken) -> TakenV1:
        """Return what the sender is told about a message that was kept."""
        ref = taken.message_ref
        with self.reads.connection() as connection, connection.cursor() as cursor:
            streams = streams_of(cursor, ref, self.caller)
            now = standing(cursor, ref)
        return TakenV1(
            message_ref=ref,
            outcome=_outcome(taken, now),
            duplicate=taken.times > 1,
            streams=tuple(StreamV1(kind=key.kind.value, ref=key.ref) for key in streams),
            problems=(*_unread(taken), *(() if self.caller.carrier_ref else _troubles(now))),
            links={
                "message": f"/v1/messages/{ref}",
                "raw": f"/v1/messages/{ref}/raw",
                "trace": f"/v1/trace/{ref}",
            },
        )


Arriving = NamedDependency[Inbound]
"""What a route under ``/v1`` asks for to take its request in."""


async def inbound_of(
    request: Request[Caller, None, State],
    caller: GivenCaller,
    engine: GivenEngine,
    reads: GivenReads,
    settings: GivenSettings,
) -> Inbound:
    """Return the request as a message to take. Raise ``Refusal`` (400) for an unfit key."""
    body = await request.body()
    return Inbound(
        body=body,
        key=_key(request.headers.get("Idempotency-Key"), body),
        caller=caller,
        engine=engine,
        reads=reads,
        settings=settings,
    )


def _key(given: str | None, body: bytes) -> str:
    """Return the caller's key, else one from the content: the same bytes are the same message."""
    if given is None:
        return f"sha256:{hashlib.sha256(body).hexdigest()}"
    if not _KEY.fullmatch(given):
        flaw = Flaw(
            path="Idempotency-Key",
            message="It is empty, too long, or has characters other than visible ASCII.",
            remedy="Send 1 to 100 visible ASCII characters, such as a UUID.",
        )
        raise Refusal(problem(400, "unfit-parameter", "A header does not fit.", flaw))
    return f"key:{given}"


def _refuse_conflict(taken: Taken) -> None:
    said = {"message_ref": taken.message_ref}
    if taken.outcome is TakenAs.CONFLICTING:
        raise _conflict("This Idempotency-Key came before with other content.", "key", said)
    if taken.learned.conflicting and taken.learned.conflicting == taken.learned.total:
        raise _conflict("The same thing was said before in other words.", "fact", said)


def _conflict(detail: str, path: str, said: dict[str, str]) -> Refusal:
    flaw = Flaw(
        path="Idempotency-Key" if path == "key" else "$",
        message=f"The first one stands; this one is kept as {said['message_ref']}, not applied.",
        remedy=(
            "Use a new key for a new message."
            if path == "key"
            else "Send a correction under a number of its own, such as the next revision."
        ),
    )
    return Refusal(problem(409, "conflict", detail, flaw))


def _outcome(taken: Taken, now: Standing) -> str:
    """Return what became of the message by now: a duplicate learns the same as the first."""
    if taken.outcome is TakenAs.DEAD or now.dead:
        return TakenAs.DEAD.value
    if now.facts and now.parked == now.facts:
        return TakenAs.PARKED.value
    return TakenAs.APPLIED.value


def _unread(taken: Taken) -> Iterator[Flaw]:
    for found in taken.problems:
        yield Flaw(path=found.place, message=found.text, remedy=found.remedy)


def _troubles(now: Standing) -> Iterator[Flaw]:
    for item, text, remedy in now.troubles:
        yield Flaw(path=item, message=text, remedy=remedy)
