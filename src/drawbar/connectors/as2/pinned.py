"""Keys and certificates from PEM files: ours to sign and open with, the partner's to trust."""

import os
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from drawbar.connectors.as2.agreed import As2, KeyFiles
from drawbar.connectors.as2.profile import Key, Profile


class UnusableKey(ValueError):
    """A key or certificate cannot be used. Mend the file or the setting that the message names."""


def profile_of(told: As2) -> Profile:
    """Return the partner with its files read. Raise ``UnusableKey``."""
    return Profile(
        our_name=told.our_name,
        their_name=told.their_name,
        keys=tuple(_key(one) for one in told.keys),
        certificates=tuple(_certificate(path) for path in told.certificates),
        sends=told.sends,
        takes=told.takes,
        receipt=told.receipt,
        url=told.url,
        receipts_to=told.receipts_to,
        content_type=told.content_type,
    )


def _key(files: KeyFiles) -> Key:
    secret = os.environ.get(files.passphrase_env, "") if files.passphrase_env else ""
    try:
        private = load_pem_private_key(_read(files.key_file), secret.encode() or None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UnusableKey(f"{files.key_file}: {error}") from error
    if not isinstance(private, RSAPrivateKey | EllipticCurvePrivateKey):
        raise UnusableKey(f"{files.key_file}: neither a key of RSA nor of an elliptic curve")
    certificate = _certificate(files.certificate_file)
    if certificate.public_key() != private.public_key():
        text = f"{files.certificate_file} is not the certificate of {files.key_file}"
        raise UnusableKey(text)
    return Key(certificate, private)


def _certificate(path: str) -> x509.Certificate:
    """Return the first certificate of a file; what follows there is somebody else's."""
    try:
        return x509.load_pem_x509_certificates(_read(path))[0]
    except ValueError as error:
        raise UnusableKey(f"{path}: {error}") from error


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UnusableKey(f"{path}: {error.strerror}") from error
