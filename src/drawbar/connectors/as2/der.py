"""What we write into signatures' and envelopes' insides: one value, one spelling (DER).

Source: ITU-T X.690, section 10.
"""

from drawbar.connectors.as2 import ber
from drawbar.connectors.as2.ber import Value


def write(tag: int, *parts: bytes) -> bytes:
    """Return a value with these contents."""
    length = sum(map(len, parts))
    if length < 0x80:
        return b"".join((bytes((tag, length)), *parts))
    said = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return b"".join((bytes((tag, 0x80 | len(said))), said, *parts))


def sequence(*parts: bytes) -> bytes:
    """Return values in their order."""
    return write(ber.SEQUENCE, *parts)


def number(value: int) -> bytes:
    """Return a whole number."""
    return write(ber.INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def oid(dotted: str) -> bytes:
    """Return an object identifier."""
    first, second, *rest = map(int, dotted.split("."))
    return write(ber.OID, *map(_arc, (40 * first + second, *rest)))


def spelled(value: Value, *, tag: int | None = None) -> bytes:
    """Return a value that was read in its one right spelling, perhaps under another tag."""
    tag = value.tag if tag is None else tag
    if not tag & ber.CONSTRUCTED:
        return write(tag, value.content)
    parts = [spelled(one) for one in value.inner]
    return write(tag, *(sorted(parts) if tag == ber.SET else parts))


def _arc(arc: int) -> bytes:
    octets = [arc & 0x7F]
    while arc := arc >> 7:
        octets.append(0x80 | arc & 0x7F)
    return bytes(reversed(octets))
