"""The message integrity check: the digest by which both sides know they hold the same bytes.

Source: RFC 4130, section 7.3.1; RFC 5751, section 3.4.3.2 for the names of algorithms.
"""

import binascii
import hashlib
import hmac

from msgspec import Struct

ALGORITHMS = {
    "sha1": "sha1", "sha-1": "sha1", "rsa-sha1": "sha1",
    "sha224": "sha224", "sha-224": "sha224", "rsa-sha224": "sha224",
    "sha256": "sha256", "sha-256": "sha256", "rsa-sha256": "sha256", "sha2": "sha256",
    "sha384": "sha384", "sha-384": "sha384", "rsa-sha384": "sha384",
    "sha512": "sha512", "sha-512": "sha512", "rsa-sha512": "sha512",
}  # fmt: skip
"""Which algorithm each spelling means. MD5 is none: it proves nothing any more."""


class Mic(Struct, frozen=True):
    """A digest, its algorithm, and how the asking side spells that."""

    digest: bytes
    algorithm: str
    spelling: str

    def __str__(self) -> str:
        """Return it as a receipt shows it."""
        return f"{binascii.b2a_base64(self.digest, newline=False).decode()}, {self.spelling}"


def algorithm_of(spelling: str) -> str | None:
    """Return the algorithm that a spelling means, None for one that we do not speak."""
    return ALGORITHMS.get(spelling.strip().strip('"').lower())


def mic_of(content: bytes, spelling: str) -> Mic:
    """Return the check over exactly these bytes; the spelling is one of those we speak."""
    algorithm = ALGORITHMS[spelling.lower()]
    return Mic(hashlib.new(algorithm, content).digest(), algorithm, spelling)


def read_mic(text: str) -> Mic | None:
    """Return the check that a receipt shows, None where it is unreadable or unknown."""
    encoded, _, spelling = text.rpartition(",")
    algorithm = algorithm_of(spelling)
    try:
        digest = binascii.a2b_base64(encoded.strip().encode("ascii", "replace"))
    except binascii.Error:
        return None
    return Mic(digest, algorithm, spelling.strip()) if algorithm and digest else None


def agree(ours: Mic, theirs: Mic) -> bool:
    """Say whether both checks are over the same bytes; spellings of one algorithm are alike."""
    return ours.algorithm == theirs.algorithm and hmac.compare_digest(ours.digest, theirs.digest)
