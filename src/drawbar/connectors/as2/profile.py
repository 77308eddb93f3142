"""What was agreed with a partner about AS2: names, certificates, and what must be protected how.

A certificate counts because it is pinned here, never because a message brings it along.
"""

from datetime import datetime
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509 import Certificate
from msgspec import Struct

MiB = 1024 * 1024


class Key(Struct, frozen=True):
    """A private key of ours and the certificate that the partner has of it."""

    certificate: Certificate
    private: RSAPrivateKey | EllipticCurvePrivateKey


class Sends(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How what we send is protected. ``transfer`` base64 suits partners who rewrite line ends."""

    sign: bool = True
    encrypt: bool = True
    compress: Literal["no", "before_signing", "after_signing"] = "no"
    digest: Literal["sha256", "sha384", "sha512"] = "sha256"
    cipher: Literal["aes128", "aes192", "aes256"] = "aes256"
    key_transport: Literal["pkcs1v15", "oaep"] = "pkcs1v15"
    transfer: Literal["binary", "base64"] = "binary"


class Takes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What we demand of what comes. ``digests`` are those a signature may be made with."""

    signed: bool = True
    encrypted: bool = True
    digests: frozenset[str] = frozenset({"sha256", "sha384", "sha512"})
    expired: bool = False
    payload_bytes_max: int = 64 * MiB


class Receipt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The receipt (MDN) that we ask for. ``post_to`` is our own address for an async one."""

    kind: Literal["sync", "async", "none"] = "sync"
    signed: bool = True
    algorithm: str = "sha-256"
    post_to: str = ""


class Profile(Struct, frozen=True, kw_only=True):
    """One partner over AS2. The first key signs and all open; the first certificate seals.

    A second key or certificate is for the days in which one is exchanged for another.
    ``receipts_to`` are further addresses at which the partner may want receipts.
    """

    our_name: str
    their_name: str
    keys: tuple[Key, ...]
    certificates: tuple[Certificate, ...]
    sends: Sends = Sends()
    takes: Takes = Takes()
    receipt: Receipt = Receipt()
    url: str = ""
    receipts_to: tuple[str, ...] = ()
    content_type: str = "application/edi-x12"


def doubts_about(profile: Profile, *, now: datetime, days_before: int = 30) -> tuple[str, ...]:
    """Return what a person should know about the certificates: expired, soon expiring, weak."""
    named = [
        *((f"our certificate {n}", key.certificate) for n, key in enumerate(profile.keys, 1)),
        *((f"their certificate {n}", one) for n, one in enumerate(profile.certificates, 1)),
    ]
    told = [(name, doubt_about(one, now=now, days_before=days_before)) for name, one in named]
    return tuple(f"{name} {doubt}" for name, doubt in told if doubt)


def doubt_about(certificate: Certificate, *, now: datetime, days_before: int = 0) -> str:
    """Return what is wrong with a certificate's days, empty when nothing is."""
    since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now < since:
        return f"is not valid before {since:%Y-%m-%d}"
    if now > until:
        return f"expired on {until:%Y-%m-%d}"
    left = (until - now).days
    return f"expires in {left} days, on {until:%Y-%m-%d}" if left < days_before else ""
