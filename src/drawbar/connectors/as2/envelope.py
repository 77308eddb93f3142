"""An envelope that only the one who was meant can open: a content key sealed for a certificate.

We seal with AES and open AES and, for old partners, 3DES. Source: RFC 5652, section 6; RFC 3370;
RFC 3560 for OAEP; RFC 3218 for why a content key that does not fit is not told from one that does.
"""

import hashlib
from collections.abc import Iterable

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.x509 import Certificate, ExtensionNotFound, SubjectKeyIdentifier
from msgspec import Struct

from drawbar.connectors.as2 import ber, codes, der
from drawbar.connectors.as2.ber import UnreadableBer, Value
from drawbar.connectors.as2.profile import Key
from drawbar.connectors.as2.refused import Refused, Why


class Opened(Struct, frozen=True):
    """What was in an envelope. ``is_padded`` says that it ended as it must.

    A wrong ending is no proof of a wrong content where a signature inside says more; and to tell
    the far side of it would help those who guess at contents byte by byte.
    """

    content: bytes
    is_padded: bool


class UnableToSeal(ValueError):
    """Nobody could open it: the partner's certificate is not one of RSA. Pin another one."""


def seal(
    content: bytes, certificate: Certificate, *, cipher: str, secret: bytes, oaep: bool = False
) -> bytes:
    """Return the content under a key that only the certificate's owner can open.

    ``secret`` is fresh randomness: the content key, then 16 bytes for the first block. The library
    draws its own randomness for the padding of the content key.
    """
    key, vector = secret[:-16], secret[-16:]
    length = codes.CIPHERS[codes.OID_OF_CIPHER[cipher]][1]
    assert len(key) == length, "the secret does not fit the cipher"
    missing = 16 - len(content) % 16
    making = Cipher(AES(key), CBC(vector)).encryptor()
    sealed = making.update(content) + making.update(bytes([missing]) * missing) + making.finalize()
    named = der.sequence(der.oid(codes.OID_OF_CIPHER[cipher]), der.write(ber.OCTETS, vector))
    inner = der.sequence(der.oid(codes.DATA), named, der.write(0x80, sealed))
    body = der.sequence(
        der.number(0), der.write(ber.SET, _recipient(certificate, key, oaep=oaep)), inner
    )
    return der.sequence(der.oid(codes.ENVELOPED_DATA), der.write(0xA0, body))


def open_envelope(body: Value, keys: tuple[Key, ...]) -> Opened:
    """Return what is in an envelope that was made for one of our keys. Raise ``Refused``."""
    try:
        parts = [one for one in ber.members(body, ber.SEQUENCE) if one.tag != 0xA0]
        _, recipients, inner = parts[:3]
        sealed_key, key = _ours(ber.members(recipients, ber.SET), keys)
        _, algorithm, sealed = ber.members(inner, ber.SEQUENCE)[:3]
        kind, vector = ber.members(algorithm, ber.SEQUENCE)[:2]
        cipher = codes.CIPHERS.get(ber.oid(kind))
        if cipher is None:
            raise Refused(Why.DECRYPTION, f"no such cipher is spoken here: {ber.oid(kind)}")
        secret = _content_key(sealed_key, key, cipher[1])
        return _opened(ber.octets(sealed), cipher[0](secret), ber.octets(vector))
    except (UnreadableBer, ValueError, IndexError, UnsupportedAlgorithm) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(Why.DECRYPTION, f"the envelope is unreadable: {error}") from error


def _recipient(certificate: Certificate, key: bytes, *, oaep: bool) -> bytes:
    public = certificate.public_key()
    if not isinstance(public, rsa.RSAPublicKey):
        raise UnableToSeal("envelopes are sealed for RSA certificates only")
    named = certificate.issuer.public_bytes(), der.number(certificate.serial_number)
    if oaep:
        algorithm, scheme = _OAEP_SHA256, _oaep(hashes.SHA256(), hashes.SHA256())
        said = der.sequence(der.oid(codes.RSA_OAEP), algorithm)
        sealed = public.encrypt(key, scheme)
    else:
        said = der.sequence(der.oid(codes.RSA), der.write(ber.NULL))
        sealed = public.encrypt(key, padding.PKCS1v15())
    return der.sequence(der.number(0), der.sequence(*named), said, der.write(ber.OCTETS, sealed))


def _ours(recipients: Iterable[Value], keys: tuple[Key, ...]) -> tuple[tuple[Value, ...], Key]:
    """Return who is meant by the envelope, and our key of it."""
    named = []
    for recipient in recipients:
        if recipient.tag != ber.SEQUENCE:
            continue  # a key agreement or a password: not spoken here
        fields = recipient.inner
        for key in keys:
            if _means(fields[1], key.certificate):
                return fields, key
        named.append(f"{ber.number(fields[1].inner[1]):x}" if fields[1].inner else "a key's name")
    text = f"sealed for {', '.join(named) or 'nobody'}, none of which is a certificate of ours"
    raise Refused(Why.DECRYPTION, text)


def _means(identity: Value, certificate: Certificate) -> bool:
    if identity.tag == 0x80:
        return identity.content == _key_name(certificate)
    issuer, serial = ber.members(identity, ber.SEQUENCE)
    if ber.number(serial) != certificate.serial_number:
        return False
    return der.spelled(issuer) == certificate.issuer.public_bytes()


def _key_name(certificate: Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(SubjectKeyIdentifier).value.digest
    except ExtensionNotFound:
        return None


def _content_key(fields: tuple[Value, ...], key: Key, length: int) -> bytes:
    """Return the content key; where it does not open, one that opens nothing."""
    if not isinstance(key.private, rsa.RSAPrivateKey):
        raise UnreadableBer("our key is not one of RSA")
    scheme, sealed = _transport(ber.members(fields[2], ber.SEQUENCE)), ber.octets(fields[3])
    try:
        secret = key.private.decrypt(sealed, scheme)
    except ValueError:
        secret = b""
    return secret if len(secret) == length else hashlib.sha512(sealed).digest()[:length]


def _transport(algorithm: tuple[Value, ...]) -> padding.PKCS1v15 | padding.OAEP:
    """Return how the content key was sealed. Source of OAEP's parts: RFC 4055, section 4.1."""
    kind = ber.oid(algorithm[0])
    if kind == codes.RSA:
        return padding.PKCS1v15()
    if kind != codes.RSA_OAEP:
        raise UnreadableBer(f"key transport {kind} is not spoken here")
    told = {one.tag: one.inner[0] for one in algorithm[1].inner} if len(algorithm) > 1 else {}
    digest = codes.DIGESTS.get(ber.oid(told[0xA0].inner[0]), "") if 0xA0 in told else "sha1"
    mask = codes.DIGESTS.get(ber.oid(told[0xA1].inner[1].inner[0]), "") if 0xA1 in told else "sha1"
    if 0xA2 in told or not digest or not mask:
        raise UnreadableBer("this form of OAEP is not spoken here")
    return _oaep(codes.HASHES[digest], codes.HASHES[mask])


def _oaep(digest: hashes.HashAlgorithm, mask: hashes.HashAlgorithm) -> padding.OAEP:
    return padding.OAEP(mgf=padding.MGF1(mask), algorithm=digest, label=None)


def _opened(sealed: bytes, cipher: AES | TripleDES, vector: bytes) -> Opened:
    size = cipher.block_size // 8
    if not sealed or len(sealed) % size:
        raise UnreadableBer("the sealed content is cut off")
    opening = Cipher(cipher, CBC(vector)).decryptor()
    content = opening.update(sealed) + opening.finalize()
    count = content[-1]
    if 1 <= count <= size and content.endswith(bytes([count]) * count):
        return Opened(content[:-count], is_padded=True)
    return Opened(content, is_padded=False)


_SHA256 = der.sequence(der.oid(codes.OID_OF_DIGEST["sha256"]), der.write(ber.NULL))
_OAEP_SHA256 = der.sequence(
    der.write(0xA0, _SHA256),
    der.write(0xA1, der.sequence(der.oid(codes.MGF1), _SHA256)),
)
