"""An X12 file in pieces that end behind a whole interchange, so that a large one takes no memory.

An interchange that is too large to be read is passed over; those before and behind it are not.
"""

import re
from collections.abc import Iterator
from pathlib import Path

BLOCK = 1024 * 1024
LARGEST = 16 * 1024 * 1024
"""Bytes of one interchange: more than 30,000 bills. Larger ones are for the carrier to divide."""

_BETWEEN = re.compile(rb"IEA([^A-Za-z0-9\s])\d{1,10}\1\d{1,20}[^A-Za-z0-9]*(?=ISA[^A-Za-z0-9\s])")
_OVERLAP = 200
"""No end of an interchange is longer, with the blanks behind it."""


class TooLarge:
    """Stands where an interchange was too large."""


TOO_LARGE = TooLarge()


def pieces(path: Path, *, block: int = BLOCK, largest: int = LARGEST) -> Iterator[bytes | TooLarge]:
    """Yield the file in whole interchanges, several at once where they are small."""
    held, is_skipping = b"", False
    with path.open("rb") as file:
        while read := file.read(block):
            known = max(0, len(held) - _OVERLAP)
            held += read
            ends = [one.end() for one in _BETWEEN.finditer(held, known)]
            if ends and is_skipping:
                held, ends, is_skipping = (
                    held[ends[0] :],
                    [end - ends[0] for end in ends[1:]],
                    False,
                )
            if ends:
                yield held[: ends[-1]]
                held = held[ends[-1] :]
            if is_skipping:
                held = held[-_OVERLAP:]
            elif len(held) > largest:
                yield TOO_LARGE
                held, is_skipping = held[-_OVERLAP:], True
    if held and not is_skipping:
        yield held
