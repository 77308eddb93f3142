"""The inside of a signature or an envelope, read within bounds: values in values, none trusted.

Software of partners writes lengths left open and strings in pieces (BER), so both are read. Reading
is linear in the bytes; depth and number of values are limited.

Source: ITU-T X.690, sections 8 and 10.
"""

from msgspec import Struct

DEPTH_MAX = 24
VALUES_MAX = 200_000
OID_BYTES_MAX = 40

INTEGER, OCTETS, NULL, OID, SEQUENCE, SET = 0x02, 0x04, 0x05, 0x06, 0x30, 0x31
CONSTRUCTED = 0x20


class UnreadableBer(ValueError):
    """These bytes are not the structure they claim to be. Whoever sent them must mend them."""


class Value(Struct, frozen=True):
    """One value: its identifier octet, and where its contents lie in the bytes it was read from."""

    tag: int
    source: bytes
    start: int
    stop: int
    inner: "tuple[Value, ...]" = ()

    @property
    def content(self) -> bytes:
        """Return the octets of the contents."""
        return self.source[self.start : self.stop]


def read(source: bytes) -> Value:
    """Return the one value that the bytes are. Raise ``UnreadableBer``."""
    value, after = _Reading(source).value(0, len(source), 0)
    if source[after:].strip(b"\0\r\n"):
        raise UnreadableBer(f"{len(source) - after} bytes follow the value")
    return value


def members(value: Value, tag: int) -> tuple[Value, ...]:
    """Return what is in a value of this kind. Raise ``UnreadableBer`` where it is another."""
    if value.tag != tag:
        raise UnreadableBer(f"tag {value.tag:#04x} stands where {tag:#04x} belongs")
    return value.inner


def octets(value: Value) -> bytes:
    """Return a string of octets, put together where it came in pieces."""
    if not value.tag & CONSTRUCTED:
        return value.content
    return b"".join(octets(piece) for piece in value.inner)


def oid(value: Value) -> str:
    """Return an object identifier with dots."""
    content = value.content
    if value.tag != OID or not 1 <= len(content) <= OID_BYTES_MAX or content[-1] & 0x80:
        raise UnreadableBer("no object identifier stands where one belongs")
    arcs, arc = [], 0
    for octet in content:
        arc = arc << 7 | octet & 0x7F
        if not octet & 0x80:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def number(value: Value) -> int:
    """Return a whole number."""
    if value.tag != INTEGER or not value.content:
        raise UnreadableBer("no number stands where one belongs")
    return int.from_bytes(value.content, "big", signed=True)


class _Reading:
    def __init__(self, source: bytes) -> None:
        self._source, self._count = source, 0

    def value(self, at: int, end: int, depth: int) -> tuple[Value, int]:
        self._count += 1
        if self._count > VALUES_MAX or depth > DEPTH_MAX:
            raise UnreadableBer("more values, or deeper ones, than any real message has")
        tag, start, length = self._head(at, end)
        if length is None:
            return self._open_ended(tag, start, end, depth)
        stop = start + length
        if stop > end:
            raise UnreadableBer(f"a value at {at} says to go on beyond its end")
        inner = self._several(start, stop, depth) if tag & CONSTRUCTED else ()
        return Value(tag, self._source, start, stop, inner), stop

    def _head(self, at: int, end: int) -> tuple[int, int, int | None]:
        """Return the identifier, where the contents begin, and their length if it is said."""
        if at + 2 > end:
            raise UnreadableBer(f"the bytes end within a value at {at}")
        tag, first = self._source[at], self._source[at + 1]
        if tag & 0x1F == 0x1F:
            raise UnreadableBer(f"a value at {at} has a kind beyond those used here")
        if first < 0x80:
            return tag, at + 2, first
        if first == 0x80:
            return tag, at + 2, None
        octets_of_length = first & 0x7F
        start = at + 2 + octets_of_length
        if octets_of_length > 8 or start > end:
            raise UnreadableBer(f"a value at {at} has no believable length")
        return tag, start, int.from_bytes(self._source[at + 2 : start], "big")

    def _several(self, start: int, stop: int, depth: int) -> tuple[Value, ...]:
        inner, at = [], start
        while at < stop:
            value, at = self.value(at, stop, depth + 1)
            inner.append(value)
        return tuple(inner)

    def _open_ended(self, tag: int, start: int, end: int, depth: int) -> tuple[Value, int]:
        if not tag & CONSTRUCTED:
            raise UnreadableBer("a value without parts leaves its length open")
        inner, at = [], start
        while self._source[at : at + 2] != b"\0\0":
            value, at = self.value(at, end, depth + 1)
            inner.append(value)
        if at + 2 > end:
            raise UnreadableBer("the end of a value with an open length is missing")
        return Value(tag, self._source, start, at, tuple(inner)), at + 2
