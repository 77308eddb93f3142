"""Content made smaller before it travels, and unpacked again no further than agreed.

Source: RFC 3274; RFC 5402 for its place in an AS2 message.
"""

import zlib

from drawbar.connectors.as2 import ber, codes, der
from drawbar.connectors.as2.ber import UnreadableBer, Value
from drawbar.connectors.as2.refused import Refused, Why


def compress(content: bytes) -> bytes:
    """Return the bytes compressed, in their wrapping."""
    packed = der.write(0xA0, der.write(ber.OCTETS, zlib.compress(content)))
    inner = der.sequence(der.oid(codes.DATA), packed)
    body = der.sequence(der.number(0), der.sequence(der.oid(codes.ZLIB)), inner)
    return der.sequence(der.oid(codes.COMPRESSED_DATA), der.write(0xA0, body))


def decompress(body: Value, *, bytes_max: int) -> bytes:
    """Return what was compressed, at most so many bytes. Raise ``Refused``."""
    try:
        packed = _packed(body)
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, bytes_max + 1)
    except (UnreadableBer, IndexError, zlib.error) as error:
        raise Refused(Why.DECOMPRESSION, str(error)) from error
    if len(content) > bytes_max:
        raise Refused(Why.DECOMPRESSION, f"more than {bytes_max} bytes come out of it")
    if not unpacking.eof:
        raise Refused(Why.DECOMPRESSION, "the compressed bytes break off")
    return content


def _packed(body: Value) -> bytes:
    _, algorithm, inner = ber.members(body, ber.SEQUENCE)[:3]
    if ber.oid(ber.members(algorithm, ber.SEQUENCE)[0]) != codes.ZLIB:
        raise UnreadableBer("it is compressed by something else than zlib")
    return ber.octets(ber.members(inner, ber.SEQUENCE)[1].inner[0])
