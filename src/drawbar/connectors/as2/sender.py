"""Sends to a partner and holds its receipts against what was sent.

A message goes out under one Message-ID for ever, with the same bytes, so a partner who got it
knows it again. Only a receipt that proves enough says "delivered".
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct

from drawbar.connectors.as2.entity import Headers
from drawbar.connectors.as2.journal import Answered, Journal, Outgoing
from drawbar.connectors.as2.multipart import BoundaryInContent
from drawbar.connectors.as2.pack import SECRET_BYTES, Identity, Packed, pack
from drawbar.connectors.as2.post import Post, Posted
from drawbar.connectors.as2.profile import Profile
from drawbar.connectors.as2.read_mdn import (
    Delivered,
    NotAReceipt,
    Received,
    TurnedDown,
    Verdict,
    is_receipt,
    judge,
    read_mdn,
)
from drawbar.connectors.digest import digest
from drawbar.connectors.wire.port import Cut

LATER = frozenset({408, 425, 429})
BOUNDARIES_MAX = 3


class Waiting(Struct, frozen=True, tag=True):
    """The partner has it and owes the receipt; after ``until`` the same is sent again."""

    until: datetime


class OtherContent(ValueError):
    """Something else went out under this name. Send the new content under a name of its own."""


class Means(Struct, frozen=True, kw_only=True):
    """What a sender needs of the world: a line, a clock, and fresh randomness."""

    post: Post
    clock: Callable[[], datetime]
    draw: Callable[[int], bytes]


class Sender:
    """Our half of the talk with one partner."""

    def __init__(
        self, profile: Profile, journal: Journal, means: Means, *, patience: timedelta
    ) -> None:
        """Wait for an async receipt with ``patience`` before the same is sent again."""
        self._profile, self._journal, self._means = profile, journal, means
        self._patience = patience

    def send(
        self, name: str, payload: bytes, *, note: Callable[[], None] = lambda: None
    ) -> Verdict | Waiting:
        """Send it, unless its receipt is here or still awaited; ``note`` is called just before.

        Raise ``Cut`` where nobody knows whether it arrived, ``OtherContent``.
        """
        outgoing = self.prepared(name, payload)
        answered = self._journal.answered(outgoing.message_id)
        if answered and isinstance(answered.verdict, Delivered):
            return answered.verdict
        now, due = self._means.clock(), self._due(outgoing.message_id)
        if due is not None and now < due and answered is None:
            return Waiting(due)
        note()
        self._journal.try_again(outgoing.message_id, at=now)
        answer = self._means.post(self._profile.url, outgoing.headers, outgoing.body)
        return self._weighed(outgoing, answer)

    def prepared(self, name: str, payload: bytes) -> Outgoing:
        """Return the message as it goes out, every time. Raise ``OtherContent``."""
        message_id = self._message_id(name)
        kept = self._journal.outgoing(message_id) or self._journal.prepare(
            _outgoing(message_id, self._packed(message_id, name, payload), payload)
        )
        if kept.payload_digest != digest(payload):
            raise OtherContent(f"something else went out as {name}")
        return kept

    def verdict(self, name: str) -> Verdict | None:
        """Return what the receipt of a message proved, None while there is none."""
        answered = self._journal.answered(self._message_id(name))
        return answered.verdict if answered else None

    def overdue(self, name: str) -> bool:
        """Say whether a message went out and its receipt did not come in time."""
        due = self._due(self._message_id(name))
        return due is not None and self.verdict(name) is None and self._means.clock() >= due

    def hear(self, headers: Headers, body: bytes) -> Verdict:
        """Take a receipt that was posted to us. Raise ``NotAReceipt``.

        One without a signature counts only where the profile asks for none: anybody can post.
        """
        received = read_mdn(headers, body, self._profile, now=self._means.clock())
        if self._profile.receipt.signed and not received.signed:
            raise NotAReceipt("it is not signed, and the profile demands that")
        outgoing = self._journal.outgoing(received.message_id)
        if outgoing is None:
            raise NotAReceipt(f"no message of ours is called {received.message_id[:200]}")
        return self._kept(outgoing, received, Posted(200, headers, body))

    def _packed(self, message_id: str, name: str, payload: bytes) -> Packed:
        for _ in range(BOUNDARIES_MAX):
            identity = Identity(
                message_id=message_id,
                boundary=f"=_{self._means.draw(16).hex()}",
                secret=self._means.draw(SECRET_BYTES),
                made_at=self._means.clock(),
                file_name=name,
            )
            try:
                return pack(payload, self._profile, identity)
            except BoundaryInContent:
                continue
        raise OtherContent("the content contains every boundary that was drawn")

    def _weighed(self, outgoing: Outgoing, answer: Posted) -> Verdict | Waiting:
        """Return what an answer to a post proves. Raise ``Cut``."""
        if is_receipt(answer.headers, answer.body):
            return self._read(outgoing, answer)
        text = f"HTTP {answer.status}: {answer.body[:200].decode('utf-8', 'replace')}"
        if answer.status in LATER or answer.status >= 500:
            raise Cut(text)
        kind, received = self._profile.receipt.kind, _without(outgoing, text)
        if not 200 <= answer.status < 300:
            return self._answered(outgoing, TurnedDown(received, text), answer)
        if kind == "none":
            return self._answered(outgoing, Delivered(received), answer)
        if kind == "async":
            return Waiting(self._due(outgoing.message_id) or self._means.clock())
        raise Cut(f"no receipt in the answer. {text}")

    def _read(self, outgoing: Outgoing, answer: Posted) -> Verdict:
        now = self._means.clock()
        try:
            received = read_mdn(answer.headers, answer.body, self._profile, now=now)
        except NotAReceipt as error:
            raise Cut(f"the receipt is not usable: {error}") from error
        if _bare(received.message_id) != _bare(outgoing.message_id):
            raise Cut(f"the receipt is of another message: {received.message_id[:200]}")
        return self._kept(outgoing, received, answer)

    def _kept(self, outgoing: Outgoing, received: Received, answer: Posted) -> Verdict:
        """Keep what a receipt says; one that says "delivered" is not overturned by a later one."""
        before = self._journal.answered(outgoing.message_id)
        if before and isinstance(before.verdict, Delivered):
            return before.verdict
        return self._answered(outgoing, judge(received, outgoing.mic, self._profile), answer)

    def _answered(self, outgoing: Outgoing, verdict: Verdict, answer: Posted) -> Verdict:
        answered = Answered(
            verdict=verdict, headers=answer.headers, body=answer.body, at=self._means.clock()
        )
        self._journal.answer(outgoing.message_id, answered)
        return verdict

    def _due(self, message_id: str) -> datetime | None:
        """Return when an async receipt is due, None for what was never posted or needs none."""
        tried = self._journal.tried(message_id)
        if tried is None or self._profile.receipt.kind != "async":
            return None
        return tried.at + self._patience

    def _message_id(self, name: str) -> str:
        told = self._profile
        unique = digest("\0".join((told.our_name, told.their_name, name)).encode())
        return f"<{unique}@{re.sub('[^A-Za-z0-9.-]', '-', told.our_name)}>"


def _outgoing(message_id: str, packed: Packed, payload: bytes) -> Outgoing:
    return Outgoing(
        message_id=message_id,
        headers=packed.headers,
        body=packed.body,
        mic=packed.mic,
        payload_digest=digest(payload),
    )


def _without(outgoing: Outgoing, text: str) -> Received:
    """Return what stands in for a receipt where the answer alone says it."""
    return Received(message_id=outgoing.message_id, disposition="", mic="", signed=False, text=text)


def _bare(message_id: str) -> str:
    return message_id.strip().strip("<>")
