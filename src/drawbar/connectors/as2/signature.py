"""A signature over a part of a message: made by our key, or held against the partner's pinned ones.

The library makes signatures and has no reading half, so that is here: the digest must be that of
the content, the signed attributes must name it, and a pinned key must have signed the attributes.
Source: RFC 5652, sections 5.1 to 5.6 and 11.1 to 11.2.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7Options,
    PKCS7SignatureBuilder,
)
from cryptography.x509 import Certificate
from msgspec import Struct

from drawbar.connectors.as2 import ber, codes, der
from drawbar.connectors.as2.ber import UnreadableBer, Value
from drawbar.connectors.as2.profile import Key, Profile, doubt_about
from drawbar.connectors.as2.refused import Refused, Why

_OPTIONS = (PKCS7Options.Binary, PKCS7Options.DetachedSignature, PKCS7Options.NoCapabilities)
_MADE_WITH: dict[str, hashes.SHA256 | hashes.SHA384 | hashes.SHA512] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_SIGNED_ATTRIBUTES = 0xA0


class Trust(Struct, frozen=True, kw_only=True):
    """Whose signatures count, made how, and on which day."""

    certificates: tuple[Certificate, ...]
    digests: frozenset[str]
    now: datetime
    expired: bool = False


def trust_of(profile: Profile, *, now: datetime) -> Trust:
    """Return whose signatures count under a profile."""
    takes = profile.takes
    return Trust(
        certificates=profile.certificates, digests=takes.digests, now=now, expired=takes.expired
    )


class _Signer(Struct, frozen=True, kw_only=True):
    """What a signature says of itself."""

    serial: str
    digest: str
    attributes: Value
    algorithm: str
    parameters: Value | None
    signature: bytes


def sign(content: bytes, key: Key, digest: str) -> bytes:
    """Return a detached signature over the bytes. The library notes its own clock's time in it."""
    builder = PKCS7SignatureBuilder().set_data(content)
    signed = builder.add_signer(key.certificate, key.private, _MADE_WITH[digest])
    return signed.sign(Encoding.DER, _OPTIONS)


def verify(content: bytes, signature: bytes, trust: Trust) -> str:
    """Return the digest by which one of the pinned keys signed these bytes. Raise ``Refused``."""
    try:
        signer = _read(signature)
    except (UnreadableBer, ValueError, IndexError) as error:
        raise Refused(Why.AUTHENTICATION, f"the signature is unreadable: {error}") from error
    if signer.digest not in trust.digests:
        raise Refused(Why.AUTHENTICATION, f"the profile takes no signature over {signer.digest}")
    _check_digest(content, signer)
    _check_signer(signer, trust)
    return signer.digest


def _read(signature: bytes) -> _Signer:
    wrapped = ber.members(ber.read(signature), ber.SEQUENCE)
    if ber.oid(wrapped[0]) != codes.SIGNED_DATA:
        raise UnreadableBer("it is something else than a signature")
    parts = ber.members(ber.members(wrapped[1], 0xA0)[0], ber.SEQUENCE)
    if ber.oid(ber.members(parts[2], ber.SEQUENCE)[0]) != codes.DATA:
        raise UnreadableBer("it signs something else than data")
    signers = ber.members(parts[-1], ber.SET)
    if len(signers) != 1:
        raise UnreadableBer(f"{len(signers)} signers, where one signs")
    return _read_signer(ber.members(signers[0], ber.SEQUENCE))


def _read_signer(fields: tuple[Value, ...]) -> _Signer:
    _, identity, digest, attributes, algorithm, signature = fields[:6]
    if attributes.tag != _SIGNED_ATTRIBUTES:
        raise UnreadableBer("it has no signed attributes")
    named = ber.oid(ber.members(digest, ber.SEQUENCE)[0])
    spoken = ber.members(algorithm, ber.SEQUENCE)
    return _Signer(
        serial=f"{ber.number(identity.inner[1]):x}" if len(identity.inner) == 2 else "unnamed",
        digest=codes.DIGESTS.get(named, named),
        attributes=attributes,
        algorithm=ber.oid(spoken[0]),
        parameters=spoken[1] if len(spoken) > 1 else None,
        signature=ber.octets(signature),
    )


def _check_digest(content: bytes, signer: _Signer) -> None:
    """Raise ``Refused`` unless the attributes name this content's digest, once."""
    try:
        told = _attributes(signer.attributes)
        kind, digest = ber.oid(told[codes.CONTENT_TYPE]), told[codes.MESSAGE_DIGEST]
        stated = ber.octets(digest) if digest.tag == ber.OCTETS else b""
    except (UnreadableBer, KeyError) as error:
        text = f"the signed attributes are not as they must be: {error}"
        raise Refused(Why.AUTHENTICATION, text) from error
    actual = hashlib.new(signer.digest, content).digest()
    if kind != codes.DATA or not hmac.compare_digest(stated, actual):
        raise Refused(Why.INTEGRITY, "the content is not what was signed")


def _attributes(attributes: Value) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for attribute in attributes.inner:
        kind, values = ber.members(attribute, ber.SEQUENCE)
        name, several = ber.oid(kind), ber.members(values, ber.SET)
        if name in found or not several:
            raise UnreadableBer(f"the attribute {name} is doubled or empty")
        if name in {codes.CONTENT_TYPE, codes.MESSAGE_DIGEST} and len(several) != 1:
            raise UnreadableBer(f"the attribute {name} has {len(several)} values")
        found[name] = several[0]
    return found


def _check_signer(signer: _Signer, trust: Trust) -> None:
    """Raise ``Refused`` unless a pinned key, valid today, made the signature."""
    signed = der.spelled(signer.attributes, tag=ber.SET)
    for certificate in trust.certificates:
        if not _made_by(certificate, signed, signer):
            continue
        doubt = doubt_about(certificate, now=trust.now)
        if doubt and not trust.expired:
            raise Refused(Why.AUTHENTICATION, f"the certificate that signed {doubt}")
        return
    text = f"signed with the certificate of serial number {signer.serial}, which is not pinned"
    pinned = {f"{one.serial_number:x}" for one in trust.certificates}
    if signer.serial in pinned:
        text = f"the pinned certificate {signer.serial} does not bear the signature out"
    raise Refused(Why.AUTHENTICATION, text)


def _made_by(certificate: Certificate, signed: bytes, signer: _Signer) -> bool:
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            scheme = _rsa_scheme(signer)
            key.verify(signer.signature, signed, scheme, codes.HASHES[signer.digest])
        elif isinstance(key, ec.EllipticCurvePublicKey):
            _check_named(codes.ECDSA_SIGNATURES, signer)
            key.verify(signer.signature, signed, ec.ECDSA(codes.HASHES[signer.digest]))
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm, UnreadableBer, ValueError, IndexError):
        return False
    return True


def _rsa_scheme(signer: _Signer) -> padding.PKCS1v15 | padding.PSS:
    if signer.algorithm != codes.RSA_PSS:
        _check_named(codes.RSA_SIGNATURES, signer)
        return padding.PKCS1v15()
    digest, mask_digest, salt = _pss(signer.parameters)
    if {digest, mask_digest} != {signer.digest}:
        raise UnreadableBer("the digests of a PSS signature differ")
    return padding.PSS(padding.MGF1(codes.HASHES[signer.digest]), salt)


def _pss(parameters: Value | None) -> tuple[str, str, int]:
    """Return the digest, the mask's digest and the length of the salt. Source: RFC 4055, 3.1."""
    told = {one.tag: one.inner[0] for one in parameters.inner} if parameters else {}
    digest = codes.DIGESTS.get(ber.oid(told[0xA0].inner[0]), "") if 0xA0 in told else "sha1"
    mask = told.get(0xA1)
    mask_digest = codes.DIGESTS.get(ber.oid(mask.inner[1].inner[0]), "") if mask else "sha1"
    return digest, mask_digest, ber.number(told[0xA2]) if 0xA2 in told else 20


def _check_named(known: Mapping[str, str | None], signer: _Signer) -> None:
    """Raise ``UnreadableBer`` for an algorithm we do not speak, or of another digest."""
    if signer.algorithm not in known or known[signer.algorithm] not in {None, signer.digest}:
        raise UnreadableBer(f"signature algorithm {signer.algorithm} over {signer.digest}")
