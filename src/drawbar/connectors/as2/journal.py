"""What was sent to a partner and came from it, with its receipts: what a crash must not lose.

A payload is kept together with its receipt as one record, so there is never a receipt without a
payload, and the same message gets the same receipt again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct, structs

from drawbar.connectors.as2.book import Book, FolderBook
from drawbar.connectors.as2.entity import Headers
from drawbar.connectors.as2.mdn import Mdn
from drawbar.connectors.as2.mic import Mic
from drawbar.connectors.as2.read_mdn import Verdict
from drawbar.connectors.digest import digest

_T = TypeVar("_T")

REFUSED_A_DAY = 20
"""How many refused messages of a partner our people are told of."""


class Taken(Struct, frozen=True, kw_only=True):
    """A message that we took, and the receipt that it gets, whenever it is asked for."""

    message_id: str
    payload: bytes
    content_type: str
    file_name: str = ""
    taken_at: datetime
    encrypted: bool
    signed_by_digest: str
    receipt: Mdn


class Owed(Struct, frozen=True, kw_only=True):
    """A receipt still to be posted; without one of its own, that of the message we took."""

    post_to: str
    receipt: Mdn | None = None


class Outgoing(Struct, frozen=True, kw_only=True):
    """A message of ours as it goes out, every time with the same bytes."""

    message_id: str
    headers: Headers
    body: bytes
    mic: Mic
    payload_digest: str


class Tried(Struct, frozen=True, kw_only=True):
    """When we last posted a message, and how often."""

    at: datetime
    count: int


class Answered(Struct, frozen=True, kw_only=True):
    """What a receipt proved, and its bytes as they came."""

    verdict: Verdict
    headers: Headers
    body: bytes
    at: datetime


class Noted(Struct, frozen=True, kw_only=True):
    """A message that we refused: what our people should know of it, and whether they do."""

    message_id: str
    text: str
    at: datetime
    told: bool = False


class Journal:
    """The books of one partner."""

    def __init__(self, book_of: Callable[[str], Book]) -> None:
        """Write into books that are told apart by name."""
        self._taken, self._waiting = book_of("taken"), book_of("waiting")
        self._owed, self._book_of = book_of("owed"), book_of
        self._out, self._tried, self._answers = book_of("out"), book_of("tried"), book_of("answers")

    def take(self, taken: Taken, *, post_to: str = "") -> Taken:
        """Keep a message and its receipt for good; return the one kept, which may be earlier.

        The marks that it waits to be read, and that its receipt is owed, come first: without the
        message they mean nothing.
        """
        key = key_of(taken.message_id)
        if post_to:
            self._owed.set(key, _written(Owed(post_to=post_to)))
        self._waiting.set(key, b"")
        return _read(self._taken.add(key, _written(taken)), Taken)

    def taken(self, message_id: str) -> Taken | None:
        """Return a message that we took before."""
        return _found(self._taken, key_of(message_id), Taken)

    def waiting(self) -> tuple[tuple[str, Taken], ...]:
        """Return by key the messages that nobody read yet, or not to the end; at most 100."""
        found = ((key, _found(self._taken, key, Taken)) for key in self._waiting.names()[:100])
        return tuple((key, taken) for key, taken in found if taken is not None)

    def settle(self, key: str) -> None:
        """Note that a message was read and is kept elsewhere too."""
        self._waiting.drop(key)

    def owe(self, message_id: str, owed: Owed) -> None:
        """Note a receipt to be posted."""
        self._owed.set(key_of(message_id), _written(owed))

    def owed(self) -> tuple[tuple[str, str, Mdn], ...]:
        """Return the receipts to be posted: key, where to, and what."""
        found = []
        for key in self._owed.names()[:100]:
            owed, taken = _found(self._owed, key, Owed), _found(self._taken, key, Taken)
            receipt = (owed and owed.receipt) or (taken and taken.receipt)
            if owed and receipt:
                found.append((key, owed.post_to, receipt))
        return tuple(found)

    def count_owed(self) -> int:
        """Return how many receipts are to be posted."""
        return len(self._owed.names())

    def paid(self, key: str) -> None:
        """Note that an owed receipt was posted."""
        self._owed.drop(key)

    def refuse(self, noted: Noted) -> None:
        """Note a refused message: of each cause the first of a day, and so many a day at most.

        Whoever knows two names can post what is refused, so there is no end to it otherwise.
        """
        book, key = self._refused(noted.at), digest(noted.text.encode())
        if len(book.names()) < REFUSED_A_DAY:
            book.add(key, _written(noted))

    def refused(self, *, now: datetime) -> tuple[tuple[str, Noted], ...]:
        """Return by key what was refused today or yesterday and nobody was told yet."""
        found: list[tuple[str, Noted]] = []
        for day in (now - timedelta(days=1), now):
            book = self._refused(day)
            told = ((key, _found(book, key, Noted)) for key in book.names())
            found += [(key, noted) for key, noted in told if noted and not noted.told]
        return tuple(found)

    def tell(self, noted: Noted) -> None:
        """Note that our people know of a refused message."""
        key = digest(noted.text.encode())
        self._refused(noted.at).set(key, _written(structs.replace(noted, told=True)))

    def _refused(self, at: datetime) -> Book:
        return self._book_of(f"refused/{at:%Y-%m-%d}")

    def prepare(self, outgoing: Outgoing) -> Outgoing:
        """Keep a message that is to go out; return the one kept, which may be earlier."""
        return _read(self._out.add(key_of(outgoing.message_id), _written(outgoing)), Outgoing)

    def outgoing(self, message_id: str) -> Outgoing | None:
        """Return a message of ours."""
        return _found(self._out, key_of(message_id), Outgoing)

    def tried(self, message_id: str) -> Tried | None:
        """Return when we last posted a message."""
        return _found(self._tried, key_of(message_id), Tried)

    def try_again(self, message_id: str, *, at: datetime) -> None:
        """Note that a message is about to be posted."""
        before = self.tried(message_id)
        tried = Tried(at=at, count=before.count + 1 if before else 1)
        self._tried.set(key_of(message_id), _written(tried))

    def answer(self, message_id: str, answered: Answered) -> None:
        """Keep what a receipt said, in place of what an earlier one said."""
        self._answers.set(key_of(message_id), _written(answered))

    def answered(self, message_id: str) -> Answered | None:
        """Return what the receipt of a message said."""
        return _found(self._answers, key_of(message_id), Answered)


def journal_in(folder: Path) -> Journal:
    """Return the journal whose books are folders."""
    return Journal(lambda name: FolderBook(folder / name))


def key_of(message_id: str) -> str:
    """Return the key of a message; whether its name comes in angle brackets does not matter."""
    return digest(message_id.strip().strip("<>").encode("utf-8", "surrogateescape"))


def _written(record: Struct) -> bytes:
    return msgspec.msgpack.encode(record)


def _read(record: bytes, shape: type[_T]) -> _T:
    return msgspec.msgpack.decode(record, type=shape)


def _found(book: Book, key: str, shape: type[_T]) -> _T | None:
    record = book.get(key)
    return None if record is None else _read(record, shape)
