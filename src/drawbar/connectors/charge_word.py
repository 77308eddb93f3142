"""What a carrier's word for a charge means, from which day on, or that it was never agreed.

A word without a meaning keeps no bill back: its line says so, and is judged once somebody knows.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, Sense

NOT_AGREED = Sense.NOT_AGREED.value


class ChargeWord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``code`` is for on bills dated ``valid_from`` or later; without ``kind`` not agreed."""

    code: str
    kind: ChargeKind | None = None
    valid_from: date | None = None
    why: str = ""


class Understood(Struct, frozen=True, kw_only=True):
    """What a line is for as far as anybody knows, and why it is not agreed."""

    kind: ChargeKind = ChargeKind.OTHER
    sense: Sense = Sense.UNDERSTOOD
    said: str = ""


def understood(
    code: str, *, on: date, words: Iterable[ChargeWord], table: Mapping[str, ChargeKind]
) -> Understood:
    """Return what ``code`` means on a bill of that day: the word of the latest first day holds.

    Of several with one first day the last one holds; without any, the ``table``.
    """
    fitting = [one for one in words if one.code == code and _first_day(one) <= on]
    if fitting:
        return _said(max(reversed(fitting), key=_first_day))
    kind = table.get(code)
    return Understood(sense=Sense.UNKNOWN) if kind is None else Understood(kind=kind)


def unread(lines: Iterable[BillLine]) -> tuple[str, ...]:
    """Return what tells this reading of a bill from one that knows more; empty where all is known.

    It is part of the key of its fact, so that the bill can be told once more.
    """
    codes = sorted({line.code for line in lines if line.sense is Sense.UNKNOWN})
    if not codes:
        return ()
    digest = hashlib.blake2b("\x1f".join(codes).encode(), digest_size=8).hexdigest()
    return ("unread", digest)


def _first_day(word: ChargeWord) -> date:
    return word.valid_from or date.min


def _said(word: ChargeWord) -> Understood:
    if word.kind is None:
        return Understood(sense=Sense.NOT_AGREED, said=word.why)
    return Understood(kind=word.kind)
