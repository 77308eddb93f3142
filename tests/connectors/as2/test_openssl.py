"""What we sign and seal OpenSSL's program reads, and what it signs and seals we read."""

import subprocess
from pathlib import Path

import pytest

from drawbar.connectors.as2.agreed import Sends, Takes
from drawbar.connectors.as2.entity import Entity, over_http, read_entity, written
from drawbar.connectors.as2.multipart import split
from drawbar.connectors.as2.unpack import unpack
from tests.connectors.as2.stage import (
    NOW,
    OPEN,
    PAYLOAD,
    SIGNED_ONLY,
    key,
    laid_out,
    ours,
    packed,
    theirs,
)

pytestmark = pytest.mark.needs("openssl")

PART = written((("Content-Type", "application/edi-x12"),), b"ISA*00*~\r\nSE*2*0001~\r\n")
ANY_DIGEST = Takes(encrypted=False, digests=frozenset({"sha1", "sha256", "sha384", "sha512"}))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Lay out keys and certificates of all as PEM files."""
    laid_out(tmp_path, "acme", "carrier", "EC acme")
    return tmp_path


def openssl(folder: Path, command: str, given: bytes) -> bytes:
    """Return what the program answers to what it is given."""
    (folder / "in").write_bytes(given)
    words = ["openssl", "cms", *command.split(), "-in", "in", "-out", "out"]
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return (folder / "out").read_bytes()


def taken(raw: bytes, takes: Takes, signer: str = "acme") -> bytes:
    """Return the payload of what came as an entity with its header lines."""
    entity = read_entity(raw)
    profile = theirs(takes=takes, certificates=(key(signer).certificate,))
    return unpack(entity.headers, entity.body, profile, now=NOW).payload


def over_wire(body: bytes, kind: str) -> Entity:
    return over_http((("Content-Type", f"application/pkcs7-mime; smime-type={kind}"),), body)


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("signer", ["acme", "EC acme"])
def test_openssl_verifies_what_we_signed(files, digest, signer):
    profile = ours(sends=Sends(encrypt=False, digest=digest), keys=(key(signer),))
    message = packed(profile=profile)
    part, signature = split(over_http(message.headers, message.body))
    (files / "content").write_bytes(part)

    command = f"-verify -inform DER -binary -content content -CAfile {signer.replace(' ', '_')}.pem"
    read = openssl(files, f"{command} -purpose any", read_entity(signature).content)

    assert read == part
    assert read.endswith(PAYLOAD)


@pytest.mark.parametrize("transport", ["pkcs1v15", "oaep"])
@pytest.mark.parametrize("cipher", ["aes128", "aes192", "aes256"])
def test_openssl_opens_what_we_sealed(files, cipher, transport):
    sends = Sends(sign=False, cipher=cipher, key_transport=transport)
    message = packed(profile=ours(sends=sends))

    opened = openssl(
        files, "-decrypt -inform DER -recip carrier.pem -inkey carrier.key", message.body
    )

    assert opened.endswith(b"\r\n\r\n" + PAYLOAD)


@pytest.mark.parametrize(
    "options",
    [
        "-md sha256",
        "-md sha384",
        "-md sha1",
        "-md sha256 -keyid",
        "-md sha256 -nocerts",
        "-md sha256 -nosmimecap",
        "-md sha256 -keyopt rsa_padding_mode:pss",
        "-md sha384 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:20",
    ],
)
def test_we_verify_what_openssl_signed(files, options):
    signed = openssl(files, f"-sign -signer acme.pem -inkey acme.key {options} -binary", PART)

    assert taken(signed, ANY_DIGEST) == b"ISA*00*~\r\nSE*2*0001~\r\n"


def test_we_verify_an_elliptic_signature_of_openssl(files):
    options = "-sign -signer EC_acme.pem -inkey EC_acme.key -md sha256 -binary"

    assert taken(openssl(files, options, PART), ANY_DIGEST, "EC acme").startswith(b"ISA")


def test_what_was_signed_with_mail_line_ends_counts_so_when_it_comes_without(files):
    bare = PART.replace(b"\r\n", b"\n")
    signed = openssl(files, "-sign -signer acme.pem -inkey acme.key -md sha256", bare)

    assert taken(signed.replace(b"\r\n", b"\n"), ANY_DIGEST) == b"ISA*00*~\r\nSE*2*0001~\r\n"


@pytest.mark.parametrize("stream", ["", "-stream"], ids=["whole", "in pieces"])
@pytest.mark.parametrize(
    "options",
    [
        "-aes128 -recip carrier.pem",
        "-aes-192-cbc -recip carrier.pem",
        "-aes256 -recip carrier.pem",
        "-des3 -recip carrier.pem",
        "-aes256 -keyid -recip carrier.pem",
        "-aes256 -recip acme.pem -recip carrier.pem",
        "-aes256 -recip carrier.pem -keyopt rsa_padding_mode:oaep",
        "-aes256 -recip carrier.pem -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256",
    ],
)
def test_we_open_what_openssl_sealed(files, options, stream):
    sealed = openssl(files, f"-encrypt -binary -outform DER {stream} {options}", PART * 400)
    entity = over_wire(sealed, "enveloped-data")

    read = unpack(entity.headers, entity.body, theirs(takes=OPEN), now=NOW)

    assert read.payload == (PART * 400).partition(b"\r\n\r\n")[2]
    assert read.encrypted


def test_we_read_what_openssl_signed_then_sealed(files):
    signed = openssl(files, "-sign -signer acme.pem -inkey acme.key -md sha256 -binary", PART)
    sealed = openssl(files, "-encrypt -aes256 -binary -recip carrier.pem", signed)

    assert taken(sealed, Takes()) == b"ISA*00*~\r\nSE*2*0001~\r\n"


def test_what_openssl_makes_of_our_signature_by_its_own_mail_reading_is_the_same_part(files):
    message = packed(b"ISA*00*~\r\n", ours(sends=SIGNED_ONLY))
    mail = written(
        tuple(one for one in message.headers if one[0] in {"MIME-Version", "Content-Type"}),
        message.body,
    )

    read = openssl(files, "-verify -CAfile acme.pem -purpose any", mail)

    assert read.endswith(b"\r\n\r\nISA*00*~\r\n")
