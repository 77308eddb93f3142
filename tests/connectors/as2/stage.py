"""Two partners with keys of their own, and what passes between them."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from msgspec.structs import replace

from drawbar.connectors.as2.agreed import As2, KeyFiles, Sends, Takes
from drawbar.connectors.as2.mdn import Stamp
from drawbar.connectors.as2.pack import Identity, Packed, pack
from drawbar.connectors.as2.profile import Key, Profile
from drawbar.connectors.as2.unpack import Unpacked, unpack

NOW = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
FAR = datetime(2049, 1, 1, tzinfo=UTC)
PAYLOAD = b"ISA*00*~GS*SM~ST*204*0001~\nSE*2*0001~\xff\x00\r--b\n"


@cache
def private_key(name: str) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    """Return the one key of a name; names that begin with EC have one of elliptic curves."""
    if name.startswith("EC"):
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def key(name: str, *, until: datetime = FAR) -> Key:
    """Return a key and its certificate, valid from 2020 on."""
    private = private_key(name)
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), False)
        .sign(private, hashes.SHA256())
    )
    return Key(certificate, private)


def ours(**changed: Any) -> Profile:
    """Return ACME's profile of Big Carrier."""
    profile = Profile(
        our_name="ACME",
        their_name="Big Carrier",
        keys=(key("acme"),),
        certificates=(key("carrier").certificate,),
        url="https://carrier.example/as2",
    )
    return replace(profile, **changed)


def theirs(**changed: Any) -> Profile:
    """Return Big Carrier's profile of ACME."""
    profile = Profile(
        our_name="Big Carrier",
        their_name="ACME",
        keys=(key("carrier"),),
        certificates=(key("acme").certificate,),
        url="https://acme.example/as2",
    )
    return replace(profile, **changed)


OPEN = Takes(signed=False, encrypted=False)
SIGNED_ONLY = Sends(encrypt=False)
PLAIN = Sends(sign=False, encrypt=False)


def identity(n: int = 1) -> Identity:
    """Return what makes the nth message that message."""
    return Identity(
        message_id=f"<{n}@acme.example>",
        boundary=f"=_bound{n}",
        secret=bytes(range(n, n + 48)),
        made_at=NOW,
    )


def stamp(n: int = 1) -> Stamp:
    """Return what makes the nth receipt that receipt."""
    return Stamp(message_id=f"<r{n}@carrier.example>", boundary=f"=_mdn{n}", made_at=NOW)


def packed(payload: bytes = PAYLOAD, profile: Profile | None = None) -> Packed:
    """Return a message of ACME."""
    return pack(payload, profile or ours(), identity())


def unpacked(message: Packed, profile: Profile | None = None) -> Unpacked:
    """Return what Big Carrier reads."""
    return unpack(message.headers, message.body, profile or theirs(), now=NOW)


def laid_out(folder: Path, *names: str) -> None:
    """Write the keys and certificates of these names as PEM files."""
    for name in names:
        held, stem = key(name), folder / name.replace(" ", "_")
        secret = held.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        stem.with_suffix(".key").write_bytes(secret)
        stem.with_suffix(".pem").write_bytes(held.certificate.public_bytes(Encoding.PEM))


def settings(folder: Path, we: str, they: str, **told: Any) -> As2:
    """Return what a firm writes about a partner, with files that ``laid_out`` wrote."""
    files = KeyFiles(key_file=f"{folder}/{we}.key", certificate_file=f"{folder}/{we}.pem")
    agreed = {"url": "https://partner.example/as2", "certificates": (f"{folder}/{they}.pem",)}
    return As2(our_name=we, their_name=they, keys=(files,), **{**agreed, **told})
