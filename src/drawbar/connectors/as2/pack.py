"""A message to a partner, signed and sealed as agreed, and what its receipt must show.

Pure but for the library's own clock in the signature and its randomness in keys' padding: the
day, the boundary, the message's name and the fresh secret come in.
Source: RFC 4130, sections 2.4, 5 and 6; RFC 5402, section 2.
"""

import re
from datetime import datetime
from email.utils import format_datetime
from typing import Literal

from msgspec import Struct

from drawbar.connectors.as2 import asking, codes
from drawbar.connectors.as2.compression import compress
from drawbar.connectors.as2.entity import Headers, base64, written
from drawbar.connectors.as2.envelope import seal
from drawbar.connectors.as2.mic import Mic, mic_of
from drawbar.connectors.as2.name import quoted
from drawbar.connectors.as2.profile import Profile
from drawbar.connectors.as2.signed_part import sign_part

SECRET_BYTES = 48
"""How much fresh randomness one message takes: a content key and a first block."""

VERSION = "1.1"  # with compression, which RFC 5402 brings


class Identity(Struct, frozen=True, kw_only=True):
    """What makes one message this one. ``secret`` is fresh, 48 bytes, and never used again."""

    message_id: str
    boundary: str
    secret: bytes
    made_at: datetime
    subject: str = "EDI"
    file_name: str = ""


class Packed(Struct, frozen=True, kw_only=True):
    """A message as it goes over HTTP; ``mic`` is what its receipt must show."""

    headers: Headers
    body: bytes
    mic: Mic


class _Part(Struct, frozen=True):
    """An entity on its way: header lines of its own, and content."""

    headers: Headers
    body: bytes

    @property
    def raw(self) -> bytes:
        return written(self.headers, self.body)


def pack(payload: bytes, profile: Profile, identity: Identity) -> Packed:
    """Return the message. Raise ``BoundaryInContent`` or ``UnableToSeal``."""
    sends, part = profile.sends, _content(payload, profile, identity.file_name)
    checked = part.raw if sends.encrypt or sends.compress != "no" else part.body
    if sends.compress == "before_signing" or (sends.compress != "no" and not sends.sign):
        part = _compressed(part, sends.transfer)
    if sends.sign:
        checked = part.raw
        part = _signed(part.raw, profile, identity.boundary)
        if sends.compress == "after_signing":
            part = _compressed(part, "binary")
    if sends.encrypt:
        part = _sealed(part, profile, identity.secret)
    headers = (*_address(profile, identity), *part.headers)
    return Packed(headers=headers, body=part.body, mic=mic_of(checked, profile.receipt.algorithm))


def _content(payload: bytes, profile: Profile, name: str) -> _Part:
    transfer = profile.sends.transfer
    headers: Headers = (
        ("Content-Type", profile.content_type),
        ("Content-Transfer-Encoding", transfer),
    )
    if name:
        plain = re.sub(r"[^A-Za-z0-9._+%=@-]", "_", name)
        headers = (*headers, ("Content-Disposition", f'attachment; filename="{plain}"'))
    return _Part(headers, payload if transfer == "binary" else base64(payload))


def _compressed(part: _Part, transfer: Literal["binary", "base64"]) -> _Part:
    small = compress(part.raw)
    kind = 'application/pkcs7-mime; smime-type=compressed-data; name="smime.p7z"'
    headers = (("Content-Type", kind), ("Content-Transfer-Encoding", transfer))
    return _Part(headers, small if transfer == "binary" else base64(small))


def _signed(raw: bytes, profile: Profile, boundary: str) -> _Part:
    key, digest = profile.keys[0], profile.sends.digest
    return _Part(*sign_part(raw, key, digest=digest, boundary=boundary))


def _sealed(part: _Part, profile: Profile, secret: bytes) -> _Part:
    sends = profile.sends
    length = codes.CIPHERS[codes.OID_OF_CIPHER[sends.cipher]][1]
    body = seal(
        part.raw,
        profile.certificates[0],
        cipher=sends.cipher,
        secret=secret[-16 - length :],
        oaep=sends.key_transport == "oaep",
    )
    kind = 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'
    return _Part((("Content-Type", kind), ("Content-Transfer-Encoding", "binary")), body)


def _address(profile: Profile, identity: Identity) -> Headers:
    """Return the header lines that say who sends what to whom, and which receipt we want."""
    receipt = profile.receipt
    ours = quoted(profile.our_name)
    lines = [
        ("AS2-Version", VERSION),
        ("AS2-From", ours),
        ("AS2-To", quoted(profile.their_name)),
        ("Message-ID", identity.message_id),
        ("Subject", identity.subject),
        ("Date", format_datetime(identity.made_at)),
        ("MIME-Version", "1.0"),
    ]
    if receipt.kind != "none":
        wish = asking.wish(signed=receipt.signed, algorithm=receipt.algorithm)
        lines += [(asking.TO, ours), (asking.OPTIONS, wish)]
    if receipt.kind == "async":
        lines.append((asking.POST_TO, receipt.post_to))
    return tuple(lines)
