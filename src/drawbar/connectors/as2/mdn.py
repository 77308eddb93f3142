"""The receipt of a message (MDN): what we tell the sender, signed if it asked for that.

Pure but for the library's own clock in the signature. Source: RFC 4130, section 7.4; RFC 8098.
"""

from datetime import datetime
from email.utils import format_datetime

from msgspec import Struct

from drawbar.connectors.as2 import multipart
from drawbar.connectors.as2.entity import Headers, written
from drawbar.connectors.as2.mic import Mic
from drawbar.connectors.as2.name import quoted
from drawbar.connectors.as2.pack import VERSION
from drawbar.connectors.as2.profile import Profile
from drawbar.connectors.as2.refused import Refused
from drawbar.connectors.as2.signed_part import sign_part

PROCESSED = "processed"
_MODE = "automatic-action/MDN-sent-automatically"


class Told(Struct, frozen=True, kw_only=True):
    """What a receipt says of which message. ``mic`` is missing for what could not be opened."""

    message_id: str
    disposition: str = PROCESSED
    mic: Mic | None = None
    text: str = "The message was received and kept."


class Stamp(Struct, frozen=True, kw_only=True):
    """What makes one receipt this one. The outer boundary is the inner one with an S."""

    message_id: str
    boundary: str
    made_at: datetime


class Mdn(Struct, frozen=True, kw_only=True):
    """A receipt as it goes over HTTP, in an answer or in a post of its own."""

    headers: Headers
    body: bytes


def refusal_of(message_id: str, refused: Refused) -> Told:
    """Return what a receipt says of a refused message. Our people's text stays with us."""
    text = f"The message was not accepted: {refused.why.value}."
    return Told(message_id=message_id, disposition=refused.why.disposition, text=text)


def mdn(told: Told, profile: Profile, stamp: Stamp, *, is_signed: bool) -> Mdn:
    """Return the receipt. Raise ``BoundaryInContent``."""
    headers, body = _report(told, profile, stamp.boundary)
    if is_signed:
        raw, key = written(headers, body), profile.keys[0]
        boundary = f"{stamp.boundary}S"
        headers, body = sign_part(raw, key, digest=profile.sends.digest, boundary=boundary)
    address = (
        ("AS2-Version", VERSION),
        ("AS2-From", quoted(profile.our_name)),
        ("AS2-To", quoted(profile.their_name)),
        ("Message-ID", stamp.message_id),
        ("Date", format_datetime(stamp.made_at)),
        ("MIME-Version", "1.0"),
    )
    return Mdn(headers=(*address, *headers), body=body)


def _report(told: Told, profile: Profile, boundary: str) -> tuple[Headers, bytes]:
    kind = f'multipart/report; report-type=disposition-notification; boundary="{boundary}"'
    words = written(
        (("Content-Type", "text/plain; charset=us-ascii"), ("Content-Transfer-Encoding", "7bit")),
        _ascii(told.text).encode("ascii") + b"\r\n",
    )
    notice = written(
        (
            ("Content-Type", "message/disposition-notification"),
            ("Content-Transfer-Encoding", "7bit"),
        ),
        written(_fields(told, profile), b""),
    )
    return (("Content-Type", kind),), multipart.join((words, notice), boundary)


def _fields(told: Told, profile: Profile) -> Headers:
    name = quoted(profile.our_name)
    lines = [
        ("Reporting-UA", "Drawbar"),
        ("Original-Recipient", f"rfc822; {name}"),
        ("Final-Recipient", f"rfc822; {name}"),
        ("Original-Message-ID", _ascii(told.message_id)),
        ("Disposition", f"{_MODE}; {told.disposition}"),
    ]
    if told.mic is not None:
        lines.append(("Received-Content-MIC", str(told.mic)))
    return tuple(lines)


def _ascii(text: str) -> str:
    """Return a text as one line of printable characters."""
    return "".join(one if " " <= one <= "~" else "?" for one in text)[:900]
