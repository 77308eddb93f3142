"""What a firm writes about the wire to a partner: where it leads, and how both sides are known.

Secrets are named by their variables, never written down.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from drawbar.connectors.as2.agreed import As2
from drawbar.connectors.folder.claims import BYTES_MAX

Seconds = Annotated[float, Meta(gt=0, le=3600)]


class Sftp(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An SFTP server of the partner, or a drop of ours. The folders of the system lie there.

    ``host_keys`` are the keys that it may show: ``SHA256:...`` or ``ssh-ed25519 AAAA...``; another
    one is refused. ``claim`` says how a file is taken: moved into a folder beside, or renamed where
    it lies by a prefix. ``after`` says what becomes of it when it is kept on our side. ``halves``
    is a folder there in which a file is written before it gets its place; without it, it is written
    hidden beside the others.
    """

    host: str
    user: str
    host_keys: Annotated[tuple[str, ...], Meta(min_length=1)]
    port: Annotated[int, Meta(ge=1, le=65535)] = 22
    key_file: str = ""
    passphrase_env: str = ""
    password_env: str = ""
    claim: Literal["folder", "prefix"] = "folder"
    after: Literal["move", "delete"] = "move"
    halves: str = ""
    connect_seconds: Seconds = 10.0
    answer_seconds: Seconds = 30.0
    alive_seconds: Annotated[int, Meta(ge=1, le=3600)] = 30
    file_bytes_max: Annotated[int, Meta(ge=1, le=BYTES_MAX)] = BYTES_MAX

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a host key that is none, or where no way to log in is named."""
        for key in self.host_keys:
            if not key.startswith(("SHA256:", "ssh-", "ecdsa-")):
                raise ValueError(
                    f"not a host key such as 'SHA256:...' or 'ssh-ed25519 AAAA...': {key!r}"
                )
        if not (self.key_file or self.password_env):
            raise ValueError("neither key_file nor password_env says how to log in")


class Http(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A door of the partner that takes files as posts; ``folders.outbox`` is the path there.

    The secret of ``secret_env`` goes into ``header`` behind ``scheme``. ``unknown`` says what to do
    when no answer came: post again under the same key (its door knows it), look under path and name
    (``GET``), or ask a person.
    """

    address: str
    secret_env: str = ""
    header: str = "Authorization"
    scheme: str = "Bearer "
    content_type: str = "application/edi-x12"
    unknown: Literal["repeat", "look_up", "ask"] = "ask"
    connect_seconds: Seconds = 5.0
    answer_seconds: Seconds = 30.0

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an address that is none."""
        if not self.address.startswith(("http://", "https://")):
            raise ValueError(f"not an address such as https://edi.example.com: {self.address!r}")


class WireSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By what the folders of a system are reached; with nothing said, they are on this machine."""

    sftp: Sftp | None = None
    http: Http | None = None
    as2: As2 | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` where two wires are named."""
        if sum(wire is not None for wire in (self.sftp, self.http, self.as2)) > 1:
            raise ValueError("a system has one wire: keep sftp, http or as2")

    @property
    def can_look_up(self) -> bool:
        """Say whether what nobody knows can be settled without a person."""
        return self.http is None or self.http.unknown != "ask"


HERE = WireSettings()
"""Folders on this machine."""
