"""JSON of interchanges as a file: one object, or one interchange a line."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from drawbar.cli.edi.stated import InterchangeStated
from drawbar.cli.edi.taken import Unreadable

LARGEST = 64 * 1024 * 1024
_OPENING, _CLOSING = b'{"interchanges": [', b"]}"


class _Whole(msgspec.Struct, forbid_unknown_fields=True):
    interchanges: list[InterchangeStated]


_one = msgspec.json.Decoder(InterchangeStated)
_all = msgspec.json.Decoder(_Whole)


def interchanges_in(source: str, first: bytes, file: BinaryIO) -> Iterator[InterchangeStated]:
    """Yield each interchange of a JSON file that begins with ``first``.

    As ``drawbar edi convert`` writes it, a line is read at a time; else it is read whole. Raise
    ``Unreadable`` when it is not of that shape.
    """
    try:
        yield from _read(source, first, file)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Unreadable(f"{source} is not JSON as convert writes it: {error}.") from error


def _read(source: str, first: bytes, file: BinaryIO) -> Iterator[InterchangeStated]:
    if not first.startswith(_OPENING + b"\n"):
        rest = file.read(LARGEST + 1)
        if len(rest) > LARGEST:
            raise Unreadable(
                f"{source} is larger than we read whole; write one interchange a line between "
                f"{_OPENING.decode()} and {_CLOSING.decode()}"
            )
        yield from _all.decode(first + rest).interchanges
        return
    for line in _lines(first, file):
        text = line.strip().removesuffix(b",")
        if text not in {b"", _OPENING, _CLOSING}:
            yield _one.decode(text)


def _lines(first: bytes, file: BinaryIO) -> Iterable[bytes]:
    *whole, last = first.split(b"\n")
    yield from whole
    yield last + file.readline()
    yield from file
