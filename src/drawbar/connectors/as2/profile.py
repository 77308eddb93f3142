"""A partner over AS2 with its certificates and our keys, as they are used.

A certificate counts because it is pinned here, never because a message brings it along.
"""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.x509 import Certificate
from msgspec import Struct

from drawbar.connectors.as2.agreed import Receipt, Sends, Takes

RSA_BITS_MIN = 2048


class Key(Struct, frozen=True):
    """A private key of ours and the certificate that the partner has of it."""

    certificate: Certificate
    private: RSAPrivateKey | EllipticCurvePrivateKey


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
    key = certificate.public_key()
    if days_before and isinstance(key, RSAPublicKey) and key.key_size < RSA_BITS_MIN:
        return f"has a key of {key.key_size} bits, which is too short today"
    left = (until - now).days
    return f"expires in {left} days, on {until:%Y-%m-%d}" if left < days_before else ""
