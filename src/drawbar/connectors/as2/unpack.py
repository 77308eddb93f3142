"""A message that came: opened, held against its signature, unpacked, or refused with a reason.

Pure: which keys, which certificates and which day come in. What counts as content is what was
signed, to the byte. Source: RFC 4130, sections 2.4 and 7.3; RFC 5402, section 4.
"""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from drawbar.connectors.as2 import ber, codes, signed_part
from drawbar.connectors.as2.ber import UnreadableBer, Value
from drawbar.connectors.as2.compression import decompress
from drawbar.connectors.as2.entity import Entity, Headers, over_http, read_entity
from drawbar.connectors.as2.envelope import open_envelope
from drawbar.connectors.as2.mic import Mic, mic_of
from drawbar.connectors.as2.profile import Profile
from drawbar.connectors.as2.refused import Refused, Why
from drawbar.connectors.as2.signature import Trust, trust_of
from drawbar.connectors.as2.signed_part import open_signed

WRAPPED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
LAYERS_MAX = 4
HEADER_MARGIN = 65_536
"""How much the headers of a compressed entity may add to its payload, in bytes."""


class Unpacked(Struct, frozen=True, kw_only=True):
    """What a message says and how it was protected. ``signed_by_digest`` is empty without one.

    ``file_name`` is what the sender calls it, empty for nothing: never a path of ours.
    """

    payload: bytes
    content_type: str
    file_name: str
    mic: Mic
    encrypted: bool
    signed_by_digest: str
    compressed: bool


class _Layers(Struct, frozen=True, kw_only=True):
    """What was taken off so far. ``checked`` is what the integrity check is over, once known."""

    entity: Entity
    encrypted: bool = False
    padded: bool = True
    signed_by_digest: str = ""
    compressed: bool = False
    checked: bytes | None = None


def unpack(
    headers: Headers, body: bytes, profile: Profile, *, now: datetime, algorithm: str = "sha-256"
) -> Unpacked:
    """Return what came. ``algorithm`` is that of the receipt's check. Raise ``Refused``."""
    layers = _Layers(entity=over_http(headers, body))
    trust = trust_of(profile, now=now)
    for _ in range(LAYERS_MAX):
        try:
            inside = _inside(layers, profile, trust)
        except Refused as refused:
            raise _as_told(refused, layers) from refused
        if inside is None:
            return _taken(layers, profile, algorithm)
        layers = inside
    raise Refused(Why.FORMAT, "more wrappings than a message has")


def _inside(layers: _Layers, profile: Profile, trust: Trust) -> _Layers | None:
    """Return what is in the outermost wrapping, None when there is none."""
    kind = layers.entity.media_type.name
    if kind in WRAPPED:
        return _unwrapped(layers, profile)
    if kind == signed_part.KIND:
        return _verified(layers, trust)
    return None


def _as_told(refused: Refused, layers: _Layers) -> Refused:
    """Return the refusal as the far side may hear it.

    Inside an envelope, before a signature bore it out, what is broken is told by one word: telling
    more would help those who alter sealed bytes to learn what they say.
    """
    is_open = layers.encrypted and not layers.signed_by_digest
    if is_open and refused.why in {Why.FORMAT, Why.DECOMPRESSION}:
        return Refused(Why.INTEGRITY, refused.text)
    return refused


def _taken(layers: _Layers, profile: Profile, algorithm: str) -> Unpacked:
    """Return what is inside, if it is protected as agreed."""
    _check_protection(layers, profile)
    payload = layers.entity.content
    if len(payload) > profile.takes.payload_bytes_max:
        text = f"{len(payload)} bytes, the profile takes {profile.takes.payload_bytes_max}"
        raise Refused(Why.UNEXPECTED, text)
    wrapped = layers.encrypted or layers.compressed
    bare = layers.entity.raw if wrapped else layers.entity.body
    return Unpacked(
        payload=payload,
        content_type=layers.entity.media_type.name,
        file_name=layers.entity.file_name,
        mic=mic_of(bare if layers.checked is None else layers.checked, algorithm),
        encrypted=layers.encrypted,
        signed_by_digest=layers.signed_by_digest,
        compressed=layers.compressed,
    )


def _check_protection(layers: _Layers, profile: Profile) -> None:
    if profile.takes.encrypted and not layers.encrypted:
        raise Refused(Why.SECURITY, "it is not encrypted, and the profile demands that")
    if profile.takes.signed and not layers.signed_by_digest:
        raise Refused(Why.SECURITY, "it is not signed, and the profile demands that")
    if not layers.padded and not layers.signed_by_digest:
        raise Refused(Why.INTEGRITY, "the envelope opens to nothing that makes sense")


def _unwrapped(layers: _Layers, profile: Profile) -> _Layers:
    kind, inner = _wrapping(layers.entity.content)
    if kind == codes.COMPRESSED_DATA and not layers.compressed:
        content = decompress(inner, bytes_max=profile.takes.payload_bytes_max + HEADER_MARGIN)
        return replace(layers, entity=read_entity(content), compressed=True)
    outermost = not (layers.encrypted or layers.compressed or layers.signed_by_digest)
    if kind == codes.ENVELOPED_DATA and outermost:
        opened = open_envelope(inner, profile.keys)
        entity = _sensible(opened.content)
        return replace(layers, entity=entity, encrypted=True, padded=opened.is_padded)
    raise Refused(Why.FORMAT, f"{kind} stands where it does not belong")


def _wrapping(content: bytes) -> tuple[str, Value]:
    try:
        kind, explicit = ber.members(ber.read(content), ber.SEQUENCE)[:2]
        return ber.oid(kind), ber.members(explicit, 0xA0)[0]
    except (UnreadableBer, ValueError, IndexError) as error:
        raise Refused(Why.FORMAT, f"the wrapping is unreadable: {error}") from error


def _sensible(content: bytes) -> Entity:
    """Return what was in an envelope; a wrong key gives bytes without any header."""
    try:
        entity = read_entity(content)
        if "/" in entity.media_type.name and entity.headers:
            return entity
    except Refused:
        pass  # the same as no header: the one answer below tells nothing of the key
    raise Refused(Why.INTEGRITY, "the envelope opens to nothing that makes sense")


def _verified(layers: _Layers, trust: Trust) -> _Layers:
    if layers.signed_by_digest:
        raise Refused(Why.FORMAT, "it is signed twice")
    part = open_signed(layers.entity, trust)
    return replace(
        layers, entity=part.entity, signed_by_digest=part.digest, checked=part.entity.raw
    )
