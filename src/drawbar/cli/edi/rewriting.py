"""``drawbar edi roundtrip``: whether a file that we read is written again byte for byte."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import click
from msgspec import Struct, structs

from drawbar.cli.edi.inspecting import told
from drawbar.cli.edi.listing import json_lines
from drawbar.cli.edi.mistaken import said_of
from drawbar.cli.edi.piece import Piece
from drawbar.cli.edi.taken import CHUNK, STDIN, Unreadable, file_pieces
from drawbar.cli.options import FAILED, counted, say
from drawbar.cli.table import visible
from drawbar.edi import UnableToWrite, read, write

_AROUND = 30


class Compared(Struct, frozen=True, kw_only=True):
    """One file: ``differs_at`` is the first byte that came out otherwise, None when none did.

    ``was`` and ``became`` show what stands there; ``why`` says what could not be written at all.
    """

    file: str
    bytes: int
    interchanges: int
    same: bool
    differs_at: int | None = None
    was: str = ""
    became: str = ""
    why: str = ""


def roundtrip_files(
    files: Sequence[str], charset: str, output: Path | None, *, as_json: bool
) -> int:
    """Say of each file whether it comes out as it was; return 0 when all do, else 1."""
    unreadable: list[Unreadable] = []
    differing = 0

    def compared() -> Iterator[Compared]:
        nonlocal differing
        with ExitStack() as stack:
            file = stack.enter_context(output.open("wb")) if output else None
            for source in tuple(files) or (STDIN,):
                try:
                    one = _compare(source, charset, file)
                except Unreadable as error:
                    unreadable.append(error)
                    continue
                differing += not one.same
                yield one

    for line in json_lines("files", compared()) if as_json else map(_line, compared()):
        click.echo(line)
    code = told(unreadable)
    if differing:
        say(f"{counted(differing, 'file')} would not come out as it was.")
    return code or (FAILED if differing else code)


def _line(one: Compared) -> str:
    size = f"{one.bytes:,} bytes, {counted(one.interchanges, 'interchange')}"
    name = "standard input" if one.file == STDIN else one.file
    if one.same:
        return visible(f"{name}: the same, {size}")
    if one.why:
        return visible(f"{name}: {one.why} ({size})")
    return visible(
        f"{name}: differs at byte {one.differs_at:,} ({size})\n  was    {one.was}\n"
        f"  became {one.became}"
    )


def _compare(source: str, charset: str, output: BinaryIO | None) -> Compared:
    size = interchanges = 0
    beginning = b""
    odd: Compared | None = None
    for piece in file_pieces(source):
        beginning = beginning or piece.data[:CHUNK]
        size = piece.offset + len(piece.data) + piece.left_out
        document = read(piece.data, charset=charset)
        interchanges += len(document.interchanges)
        try:
            again = write(document)
        except UnableToWrite as error:
            odd = odd or _unlike(source, why=f"cannot be written: {error}")
            continue
        if output:
            output.write(again)
        odd = odd or _difference(source, piece, again)
    if not interchanges:
        raise Unreadable(said_of(source, beginning))
    if odd is None:
        return Compared(file=source, bytes=size, interchanges=interchanges, same=True)
    return structs.replace(odd, bytes=size, interchanges=interchanges)


def _difference(source: str, piece: Piece, again: bytes) -> Compared | None:
    if piece.left_out:
        why = f"an interchange larger than we read whole; {piece.left_out:,} bytes were left out"
        return _unlike(source, why=why)
    if again == piece.data:
        return None
    pairs = zip(piece.data, again, strict=False)
    at = next((n for n, (one, other) in enumerate(pairs) if one != other), None)
    at = min(len(piece.data), len(again)) if at is None else at
    begin = max(0, at - _AROUND)
    was, became = (
        repr(data[begin : at + _AROUND].decode("latin-1")) for data in (piece.data, again)
    )
    return _unlike(source, at=piece.offset + at, was=was, became=became)


def _unlike(
    source: str, *, at: int | None = None, was: str = "", became: str = "", why: str = ""
) -> Compared:
    """Return what differs; how much was read is known later."""
    return Compared(
        file=source,
        bytes=0,
        interchanges=0,
        same=False,
        differs_at=at,
        was=was,
        became=became,
        why=why,
    )
