"""A file of EDI in pieces, one interchange each, so that a file of any size needs little memory.

A piece ends where a trailer is followed by the next header. What stands between goes with the next.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from drawbar.edi import Limits

_HEADER = re.compile(
    rb"ISA[^A-Za-z0-9 \r\n]"
    rb"|UNA[^A-Za-z0-9]{4,24}UNB[^A-Za-z0-9 \t\r\n]"
    rb"|UNB[^A-Za-z0-9 \t\r\n]"
)
_TRAILER = re.compile(rb"(?<![A-Za-z0-9])(?:IEA|UNZ)[^A-Za-z0-9]")
_HEADER_LENGTH = 64  # so far a header is looked at to know it
_TRAILER_LENGTH = 130  # so far before a header its predecessor's trailer begins
_EARLY = 4 * 1024 * 1024  # a file without a header that far is not EDI


class Piece(Struct, frozen=True):
    """``offset`` is where its bytes begin in the file; ``left_out`` counts bytes beyond limits."""

    data: bytes
    offset: int
    left_out: int = 0


def pieces(chunks: Iterable[bytes], *, most: int = Limits().bytes_max) -> Iterator[Piece]:
    """Yield a file piece by piece; none holds more than a little over ``most`` bytes.

    An empty file is one empty piece. A file without a header is one piece of its beginning.
    """
    cutting = _Cutting(most)
    for chunk in chunks:
        yield from cutting.take(chunk)
        if cutting.is_hopeless:
            break
    yield from cutting.finish()


class _Cutting:
    """The bytes that are not yet in a piece, and how far they were searched."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept = bytearray()
        self._base = 0
        self._searched = 0
        self._left_out = 0
        self._has_header = False

    @property
    def is_hopeless(self) -> bool:
        """Say whether enough was seen to know that this is not EDI."""
        return not self._has_header and len(self._kept) > _EARLY

    def take(self, chunk: bytes) -> Iterator[Piece]:
        """Yield each piece that is whole with these bytes."""
        self._kept += chunk
        yield from self._cut(len(self._kept) - _HEADER_LENGTH)
        over = len(self._kept) - self._most - _TRAILER_LENGTH - _HEADER_LENGTH
        if over > 0:  # one byte beyond the limit stays, so that the reader tells of it
            at = self._most + 1
            del self._kept[at : at + over]
            self._left_out += over
            self._searched = max(at, self._searched - over)

    def finish(self) -> Iterator[Piece]:
        """Yield what is left."""
        yield from self._cut(len(self._kept))
        if self._kept or not self._base:
            last = bytes(self._kept)
            self._kept.clear()
            yield Piece(last, self._base, self._left_out)

    def _cut(self, end: int) -> Iterator[Piece]:
        """Yield what ends before a header; nothing of it is kept here while it is looked at."""
        begins = list(self._begins(end))
        if not begins:
            self._searched = max(self._searched, min(end, len(self._kept)))
            return
        whole = bytes(memoryview(self._kept)[: begins[-1]])
        del self._kept[: begins[-1]]
        self._searched = max(self._searched, end) - begins[-1]
        begin = 0
        if len(begins) == 1:
            yield from self._piece(whole)
            return
        for at in begins:
            yield from self._piece(whole[begin:at])
            begin = at

    def _begins(self, end: int) -> Iterator[int]:
        """Yield where headers stand behind a trailer, before ``end``."""
        begin = 0
        for match in _HEADER.finditer(self._kept, self._searched):
            at = match.start()
            if at >= end:
                return
            self._has_header = True
            if _TRAILER.search(self._kept[max(begin, at - _TRAILER_LENGTH) : at]):
                begin = at
                yield at
            self._searched = match.end()

    def _piece(self, data: bytes) -> Iterator[Piece]:
        piece = Piece(data, self._base, self._left_out)
        self._base += len(data) + self._left_out
        self._left_out = 0
        yield piece
