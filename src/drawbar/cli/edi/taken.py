"""What was taken from files: interchange by interchange, each with where it stood."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct, structs

from drawbar.cli.edi.mistaken import said_of
from drawbar.cli.edi.piece import Piece, pieces
from drawbar.cli.edi.standard import Standard, standard_of
from drawbar.cli.options import say
from drawbar.edi import Finding, Group, Interchange, TransactionSet, parse, read

CHUNK = 1024 * 1024
STDIN = "-"


class Unreadable(ValueError):
    """A file that is not there, cannot be opened, or holds no interchange. The text says which."""

    def __init__(self, text: str, *, is_missing: bool = False) -> None:
        """Say what is wrong; ``is_missing`` when there is no such file."""
        super().__init__(text)
        self.is_missing = is_missing


class Taken(Struct, frozen=True, kw_only=True):
    """One interchange. ``offset`` is where its piece begins in the file; places count from there.

    ``outside`` are findings about what stood around it, ``tail`` what was left behind it.
    """

    source: str
    offset: int
    interchange: Interchange
    outside: tuple[Finding, ...] = ()
    tail: bytes = b""

    @property
    def standard(self) -> Standard:
        """Return the standard that it is written in."""
        return standard_of(self.interchange)

    @property
    def around(self) -> tuple[Finding, ...]:
        """Return the findings of the envelope and of what stood around it."""
        return tuple(map(self.placed, (*self.interchange.findings, *self.outside)))

    @property
    def all_findings(self) -> Iterator[Finding]:
        """Yield every finding, of envelopes and of sets."""
        yield from self.around
        for group in self.interchange.groups:
            yield from self.of_group(group)
            for item in group.sets:
                yield from self.of_set(item)

    def of_group(self, group: Group) -> tuple[Finding, ...]:
        """Return the findings of a group's own envelope."""
        return tuple(map(self.placed, group.findings))

    def of_set(self, item: TransactionSet) -> tuple[Finding, ...]:
        """Return the findings of a set, by its envelope and by its definition, in order."""
        found = (*item.findings, *parse(item)[1])
        return tuple(map(self.placed, sorted(found, key=lambda one: one.index)))

    def placed(self, finding: Finding) -> Finding:
        """Return a finding with its offset in the file, not in the piece."""
        if finding.place.offset < 0 or not self.offset:
            return finding
        place = structs.replace(finding.place, offset=finding.place.offset + self.offset)
        return structs.replace(finding, place=place)


def take(source: str, *, charset: str = "") -> Iterator[Taken]:
    """Yield each interchange of a file, or of stdin for ``-``; only one is held at a time.

    Raise ``Unreadable`` when the file cannot be opened, or holds none.
    """
    with opened(source) as file:
        yield from taken_of(source, chunks(file), charset=charset)


def taken_of(source: str, data: Iterable[bytes], *, charset: str = "") -> Iterator[Taken]:
    """Yield each interchange in ``data``; raise ``Unreadable`` when it holds none."""
    is_empty = True
    beginning = b""
    for piece in pieces(data):
        beginning = beginning or piece.data[:CHUNK]
        for one in _taken(source, piece, charset):
            is_empty = False
            yield one
    if is_empty:
        raise Unreadable(said_of(source, beginning))


def file_pieces(source: str) -> Iterator[Piece]:
    """Yield the pieces of a file, or of stdin for ``-``."""
    with opened(source) as file:
        yield from pieces(chunks(file))


@contextmanager
def opened(source: str) -> Iterator[BinaryIO]:
    """Open a file, or stdin for ``-``; raise ``Unreadable`` when it cannot be."""
    try:
        if source == STDIN:
            if sys.stdin.isatty():
                say("Reading standard input; Ctrl-D ends it. To read a file, name it.")
            yield sys.stdin.buffer
            return
        with Path(source).open("rb") as file:
            yield file
    except FileNotFoundError:
        raise Unreadable(f"There is no file {source}.", is_missing=True) from None
    except IsADirectoryError:
        raise Unreadable(f"{source} is a folder; name its files: {source}/*") from None
    except OSError as error:
        raise Unreadable(f"{source} cannot be read: {error.strerror or error}.") from error


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file's bytes, not too many at a time."""
    while chunk := file.read(CHUNK):
        yield chunk


def _taken(source: str, piece: Piece, charset: str) -> Iterator[Taken]:
    document = read(piece.data, charset=charset)
    last = len(document.interchanges) - 1
    for number, interchange in enumerate(document.interchanges):
        yield Taken(
            source=source,
            offset=piece.offset,
            interchange=interchange,
            outside=document.findings if number == last else (),
            tail=document.tail if number == last else b"",
        )


def take_all(files: Sequence[str], charset: str, unreadable: list[Unreadable]) -> Iterator[Taken]:
    """Yield each interchange of all files, of stdin where none is named.

    A file that cannot be read stops no other: it is put into ``unreadable``.
    """
    for source in tuple(files) or (STDIN,):
        try:
            yield from take(source, charset=charset)
        except Unreadable as error:
            unreadable.append(error)
