"""A part of a message and the signature beside it.

What counts as content is what was signed, to the byte. Source: RFC 1847, section 2.1; RFC 8551,
section 3.5.3.
"""

from msgspec import Struct

from drawbar.connectors.as2 import multipart
from drawbar.connectors.as2.entity import Entity, Headers, base64, read_entity, written
from drawbar.connectors.as2.profile import Key
from drawbar.connectors.as2.refused import Refused, Why
from drawbar.connectors.as2.signature import Trust, sign, verify

KIND = "multipart/signed"
SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})

_MICALG = {"sha256": "sha-256", "sha384": "sha-384", "sha512": "sha-512"}


class SignedPart(Struct, frozen=True):
    """What was signed, as an entity with its exact bytes, and over which digest."""

    entity: Entity
    digest: str


def sign_part(raw: bytes, key: Key, *, digest: str, boundary: str) -> tuple[Headers, bytes]:
    """Return an entity with a signature beside it. Raise ``BoundaryInContent``."""
    headers = (
        ("Content-Type", 'application/pkcs7-signature; name="smime.p7s"'),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", 'attachment; filename="smime.p7s"'),
    )
    signature = written(headers, base64(sign(raw, key, digest)))
    kind = (
        f'{KIND}; protocol="application/pkcs7-signature"; '
        f'micalg={_MICALG[digest]}; boundary="{boundary}"'
    )
    return (("Content-Type", kind),), multipart.join((raw, signature), boundary)


def open_signed(entity: Entity, trust: Trust) -> SignedPart:
    """Return the part that is signed as it must be. Raise ``Refused``."""
    parts = multipart.split(entity)
    signature = read_entity(parts[1]) if len(parts) == 2 else None
    if signature is None or signature.media_type.name not in SIGNATURES:
        raise Refused(Why.FORMAT, "what is signed is not a part and its signature")
    content, digest = _as_signed(parts[0], signature.content, trust)
    return SignedPart(read_entity(content), digest)


def _as_signed(part: bytes, signature: bytes, trust: Trust) -> tuple[bytes, str]:
    """Return the bytes that were signed: those that came, or those with line ends as in mail.

    Some partners sign with CR LF and send LF; then what counts is what they signed.
    """
    try:
        return part, verify(part, signature, trust)
    except Refused as refused:
        canonical = part.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        if refused.why is not Why.INTEGRITY or canonical == part:
            raise
        return canonical, verify(canonical, signature, trust)
