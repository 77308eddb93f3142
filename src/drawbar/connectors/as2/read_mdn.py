"""A receipt that came for a message of ours: what it proves, and what it does not.

A message is delivered when the partner says so, over the digest that we took ourselves, with its
signature where the profile demands one. Source: RFC 4130, section 7.4; RFC 8098, section 3.2.
"""

from datetime import datetime

from msgspec import Struct

from drawbar.connectors.as2 import multipart, signed_part
from drawbar.connectors.as2.entity import Entity, Headers, one, over_http, read_entity, read_headers
from drawbar.connectors.as2.mic import Mic, agree, read_mic
from drawbar.connectors.as2.profile import Profile
from drawbar.connectors.as2.refused import Refused
from drawbar.connectors.as2.signature import trust_of
from drawbar.connectors.as2.signed_part import open_signed

REPORT = "multipart/report"
NOTICE = "message/disposition-notification"


class NotAReceipt(ValueError):
    """What came is no receipt, or not one of this partner. Look at the bytes that were kept."""


class Received(Struct, frozen=True, kw_only=True):
    """A receipt as it reads. ``signed`` is true only for one that a pinned key signed."""

    message_id: str
    disposition: str
    mic: str
    signed: bool
    text: str


class Delivered(Struct, frozen=True, tag=True):
    """The partner has what we sent, to the byte."""

    received: Received


class TurnedDown(Struct, frozen=True, tag=True):
    """The partner did not take it; what its receipt says is in ``text``."""

    received: Received
    text: str


class Unproven(Struct, frozen=True, tag=True):
    """It says that all is well and proves too little: another digest, none, or no signature."""

    received: Received
    text: str


Verdict = Delivered | TurnedDown | Unproven


def read_mdn(headers: Headers, body: bytes, profile: Profile, *, now: datetime) -> Received:
    """Return what a receipt says. Raise ``NotAReceipt``, also for a signature that is wrong."""
    try:
        entity = over_http(headers, body)
        is_signed = entity.media_type.name == signed_part.KIND
        if is_signed:
            entity = open_signed(entity, trust_of(profile, now=now)).entity
        words, notice = _parts(entity)
        fields = read_headers(notice.content.strip(b"\r\n"))
        return Received(
            message_id=(one(fields, "Original-Message-ID") or "").strip(),
            disposition=_disposition(fields),
            mic=one(fields, "Received-Content-MIC") or "",
            signed=is_signed,
            text=words,
        )
    except Refused as refused:
        raise NotAReceipt(refused.text) from refused


def judge(received: Received, sent: Mic, profile: Profile) -> Verdict:
    """Return what a receipt of a message proves, whose digest was ``sent``."""
    kind, _, modifier = received.disposition.partition("/")
    if kind.lower() != "processed" or modifier.lower().startswith(("error", "failure")):
        return TurnedDown(received, f"{received.disposition}. {received.text}".strip())
    if profile.receipt.signed and not received.signed:
        return Unproven(received, "the receipt is not signed, and the profile demands that")
    if not received.mic:
        needed = profile.receipt.signed
        text = "the receipt shows no digest of what was received"
        return Unproven(received, text) if needed else Delivered(received)
    theirs = read_mic(received.mic)
    if theirs is None or not agree(sent, theirs):
        return Unproven(received, f"the partner received other bytes: {received.mic}, not {sent}")
    return Delivered(received)


def is_receipt(headers: Headers, body: bytes) -> bool:
    """Say whether a post is a receipt and no message; nothing is proven by that."""
    try:
        entity = over_http(headers, body)
        if entity.media_type.name == signed_part.KIND:
            entity = read_entity(multipart.split(entity)[0])
        kind = entity.media_type.name
    except (Refused, IndexError):
        return False
    return kind in {REPORT, NOTICE}


def _parts(entity: Entity) -> tuple[str, Entity]:
    """Return the words for people and the notice for programs."""
    if entity.media_type.name == NOTICE:
        return "", entity
    if entity.media_type.name != REPORT:
        raise NotAReceipt(f"it is {entity.media_type.name[:80]}, not a report")
    parts = [read_entity(part) for part in multipart.split(entity)]
    notices = [part for part in parts if part.media_type.name == NOTICE]
    if len(notices) != 1:
        raise NotAReceipt(f"it has {len(notices)} notices, where one belongs")
    words = [part.content for part in parts if part.media_type.name == "text/plain"]
    return (words[0][:500].decode("ascii", "replace").strip() if words else ""), notices[0]


def _disposition(fields: Headers) -> str:
    said = one(fields, "Disposition") or ""
    _, found, kind = said.partition(";")
    if not found or not kind.strip():
        raise NotAReceipt("it has no disposition")
    return " ".join(kind.split())
