"""Our own key, by which an SFTP server knows us: read from its file, never shown to anybody."""

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import paramiko
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_ssh_private_key,
)
from paramiko import PKey

from drawbar.connectors.wire.port import Barred
from drawbar.connectors.wire.setting import Sftp

_KINDS: Mapping[type, tuple[type[PKey], PrivateFormat]] = {
    RSAPrivateKey: (paramiko.RSAKey, PrivateFormat.TraditionalOpenSSL),
    EllipticCurvePrivateKey: (paramiko.ECDSAKey, PrivateFormat.TraditionalOpenSSL),
    Ed25519PrivateKey: (paramiko.Ed25519Key, PrivateFormat.OpenSSH),
}


def own_key(told: Sftp) -> PKey:
    """Return our private key. Raise ``Barred`` where it cannot be used.

    It is handed on in a form that is always read right: of OpenSSH's own, paramiko 5.1 loses about
    every second ECDSA key (its issue 2445), and a passphrase has to be bytes in one place.
    """
    path = Path(told.key_file).expanduser()
    secret = os.environ.get(told.passphrase_env, "").encode() or None
    try:
        return _handed_on(_loaded(path.read_bytes(), secret))
    except (OSError, TypeError, ValueError, UnsupportedAlgorithm, paramiko.SSHException) as error:
        raise Barred(f"the key in {path} cannot be used: {error}", "wire.sftp.key_file") from error


def _loaded(body: bytes, secret: bytes | None) -> object:
    if b"BEGIN OPENSSH" in body:
        return load_ssh_private_key(body, secret)
    return load_pem_private_key(body, secret)


def _handed_on(key: Any) -> PKey:
    for kind, (reader, form) in _KINDS.items():
        if not isinstance(key, kind):
            continue
        known: Any = key
        body = known.private_bytes(Encoding.PEM, form, NoEncryption())
        return reader.from_private_key(io.StringIO(body.decode()))
    raise ValueError("it is no RSA, ECDSA or Ed25519 key")
