"""The code tables of a partner, and what people add to them while everything runs.

A reader stays a function of the bytes and its settings: a new meaning comes in by new settings.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from msgspec import structs

from drawbar.connectors.charge_word import NOT_AGREED, ChargeWord
from drawbar.connectors.reading import Reader, Readers
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.order import StopPurpose
from drawbar.freight.reading import Problem, Reading
from drawbar.freight.tender import Answer

TABLES: Mapping[str, type[StrEnum]] = {
    "milestones": MilestoneKind,
    "charges": ChargeKind,
    "answers": Answer,
    "stops": StopPurpose,
}
"""Table -> what its codes can mean. The name is also that of a connector's setting."""

TABLE_OF_WORD: Mapping[str, str] = {
    "status": "milestones",
    "charge": "charges",
    "answer": "answers",
    "stop reason": "stops",
}
"""How readers speak of a code -> the table in which its meaning stands."""


class Word(Protocol):
    """What somebody said about one code. Only charges have a first day."""

    @property
    def table(self) -> str:
        """Return the table in which the code stands."""

    @property
    def code(self) -> str:
        """Return the code."""

    @property
    def meaning(self) -> str:
        """Return what it means."""

    @property
    def because(self) -> str:
        """Return why."""

    @property
    def valid_from(self) -> date | None:
        """Return the first day of a bill to which it applies, None for any."""


class UnfitMeaning(ValueError):
    """A code cannot mean that. Choose one of the meanings that the message lists."""


class Codes(Protocol):
    """Knows what people said about the codes of systems."""

    def of(self, system: str) -> tuple[int, Iterable[Word]]:
        """Return what is said about the codes of ``system``, with a number that grows."""

    def refresh(self) -> bool:
        """Look for newer entries now; true when there are any."""


def meanings_of(table: str) -> tuple[str, ...]:
    """Return what codes of ``table`` can mean; nothing where there is no such table."""
    known = tuple(one.value for one in TABLES.get(table, ()))
    return (*known, NOT_AGREED) if table == "charges" else known


def refuse_unfit(table: str, meaning: str, *, valid_from: date | None = None) -> None:
    """Raise ``UnfitMeaning`` unless codes of ``table`` can mean that, from that day on."""
    known = meanings_of(table)
    if not known:
        raise UnfitMeaning(f"there is no table {table!r}; there are {', '.join(TABLES)}")
    if meaning not in known:
        raise UnfitMeaning(f"{meaning!r} is none of {', '.join(known)}")
    if valid_from is not None and table != "charges":
        raise UnfitMeaning("only the code of a charge has a first day; leave it out")


def with_meanings(settings: Any, said: Iterable[Word]) -> Any:
    """Return a connector's settings with what people said since they were written."""
    changes: dict[str, Any] = {}
    words = tuple(said)
    for table, kind in TABLES.items():
        added = {
            one.code: kind(one.meaning)
            for one in words
            if one.table == table and kind is not ChargeKind
        }
        if added and hasattr(settings, table):
            changes[table] = getattr(settings, table) | added
    charged = tuple(_charge_word(one) for one in words if one.table == "charges")
    if charged and hasattr(settings, "charge_words"):
        changes["charge_words"] = (*settings.charge_words, *charged)
    return structs.replace(settings, **changes) if changes else settings


def _charge_word(said: Word) -> ChargeWord:
    agreed = said.meaning != NOT_AGREED
    return ChargeWord(
        code=said.code,
        kind=ChargeKind(said.meaning) if agreed else None,
        valid_from=said.valid_from,
        why=said.because,
    )


def mapped(
    system: str, settings: Any, build: Callable[[Any], Readers], codes: Codes | None
) -> Readers:
    """Return the readers of a system which read by what ``codes`` knows at that moment."""
    plain = build(settings)
    if codes is None or not any(hasattr(settings, table) for table in TABLES):
        return plain
    kept = _Kept(system, settings, build, codes)
    return {channel: kept.reader(channel) for channel in plain}


class _Kept:
    """The readers of one system, built anew only when what is known has changed."""

    def __init__(
        self, system: str, settings: Any, build: Callable[[Any], Readers], codes: Codes
    ) -> None:
        self._system, self._settings, self._build, self._codes = system, settings, build, codes
        self._built: tuple[int, Readers] = (-1, {})

    def reader(self, channel: str) -> Reader:
        """Return what reads one channel. A code without a meaning is looked up once more."""

        def read(body: bytes, receipt: Receipt) -> Reading:
            number, readers = self._now()
            found = readers[channel](body, receipt)
            if (
                _unknown(found)
                and self._codes.refresh()
                and self._codes.of(self._system)[0] != number
            ):
                found = self._now()[1][channel](body, receipt)
            return self._named(found)

        return read

    def _now(self) -> tuple[int, Readers]:
        number, said = self._codes.of(self._system)
        built = self._built
        if built[0] != number:
            built = (number, self._build(with_meanings(self._settings, said)))
            self._built = built
        return built

    def _named(self, found: Reading) -> Reading:
        if not found.problems:
            return found
        problems = tuple(self._own(one) for one in found.problems)
        return structs.replace(found, problems=problems)

    def _own(self, one: Problem) -> Problem:
        return structs.replace(one, system=self._system) if one.table else one


def _unknown(found: Reading) -> bool:
    return any(one.kind is CaseKind.UNKNOWN_CODE for one in found.problems)
