"""What was agreed with a partner about protection and receipts, as a firm writes it down."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from drawbar.connectors.as2.mic import algorithm_of
from drawbar.connectors.as2.name import checked

MiB = 1024 * 1024
Digest = Literal["sha1", "sha224", "sha256", "sha384", "sha512"]
Seconds = Annotated[float, Meta(gt=0, le=3600)]


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
    digests: frozenset[Digest] = frozenset({"sha256", "sha384", "sha512"})
    expired: bool = False
    payload_bytes_max: Annotated[int, Meta(ge=1, le=64 * MiB)] = 64 * MiB


class Receipt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The receipt (MDN) that we ask for. ``post_to`` is our own address for an async one."""

    kind: Literal["sync", "async", "none"] = "sync"
    signed: bool = True
    algorithm: str = "sha-256"
    post_to: str = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a digest we do not speak, or a receipt without a place."""
        if algorithm_of(self.algorithm) is None:
            raise ValueError(f"no such digest is spoken here: {self.algorithm!r}")
        if self.kind == "async" and not self.post_to.startswith(("http://", "https://")):
            raise ValueError("an async receipt needs our own address: write receipt.post_to")


class KeyFiles(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a private key of ours and its certificate lie, as PEM files."""

    key_file: str
    certificate_file: str
    passphrase_env: str = ""


class As2(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A partner over AS2. The first key signs and all open; the first certificate seals.

    ``certificates`` are PEM files of the partner; of each the first certificate is pinned.
    ``tls_ca_file`` is whom we trust for the partner's TLS where no public authority vouches for it.
    ``receipt_minutes`` is how long we wait for an async receipt before we send the same again.
    """

    our_name: str
    their_name: str
    url: str
    keys: Annotated[tuple[KeyFiles, ...], Meta(min_length=1)]
    certificates: Annotated[tuple[str, ...], Meta(min_length=1)]
    sends: Sends = Sends()
    takes: Takes = Takes()
    receipt: Receipt = Receipt()
    receipts_to: tuple[str, ...] = ()
    content_type: str = "application/edi-x12"
    tls_ca_file: str = ""
    connect_seconds: Seconds = 10.0
    answer_seconds: Seconds = 120.0
    receipt_minutes: Annotated[int, Meta(ge=1, le=10_080)] = 60

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for names or addresses that are none."""
        if checked(self.our_name) == checked(self.their_name):
            raise ValueError("both sides have one AS2 name: each must have its own")
        for address in (self.url, *self.receipts_to):
            if not address.startswith(("http://", "https://")):
                raise ValueError(f"not an address such as https://edi.example.com: {address!r}")
        if "/" not in self.content_type or not self.content_type.isascii():
            raise ValueError(f"not a content type such as application/edifact: {self.content_type}")
