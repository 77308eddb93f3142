"""What moved on our account, as a bank's statement or notice says it: camt.052, .053 and .054.

Source: ISO 20022 message definitions, every version: only names that all of them share are read.
The text is bounded, and a document type, with which a file could grow or read others, is refused.
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.parsers import expat

from msgspec import Struct

from drawbar.connectors.reading import Unreadable
from drawbar.freight.money import Money

BYTES_MAX = 64 * 1024 * 1024
DEPTH_MAX = 40
PARTS_MAX = 2_000_000
BOOKED = "BOOK"


class Movement(Struct, frozen=True, kw_only=True):
    """One transaction of an entry. ``is_back`` says that money of ours came back.

    ``end_to_end`` is our reference of the payment, as we gave it to the bank.
    """

    end_to_end: str
    bank_ref: str
    money: Money
    booked_on: date
    is_back: bool
    is_booked: bool
    code: str
    text: str
    place: str


class _Part:
    """One element of the file: its name without namespace, its text, its parts."""

    __slots__ = ("attributes", "name", "parts", "text")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.attributes = name, attributes
        self.parts: list[_Part] = []
        self.text = ""

    def every(self, path: str) -> "list[_Part]":
        """Return the parts along a path of names."""
        found = [self]
        for name in path.split("/"):
            found = [part for one in found for part in one.parts if part.name == name]
        return found

    def said(self, *paths: str) -> str:
        """Return the text of the first of the paths that is there, empty where none is."""
        texts = (part.text.strip() for path in paths for part in self.every(path))
        return next((text for text in texts if text), "")


def movements(body: bytes) -> tuple[Movement, ...]:
    """Return the transactions in the order of the file. Raise ``Unreadable``."""
    root = _parsed(body)
    heads = ("BkToCstmrStmt/Stmt", "BkToCstmrDbtCdtNtfctn/Ntfctn", "BkToCstmrAcctRpt/Rpt")
    reports = [part for head in heads for part in root.every(head)]
    if not reports:
        raise _unreadable("This is no camt.052, camt.053 or camt.054.", "Document", "not camt")
    entries = [entry for report in reports for entry in report.every("Ntry")]
    return tuple(one for at, entry in enumerate(entries, 1) for one in _of_entry(entry, at))


def _of_entry(entry: _Part, number: int) -> list[Movement]:
    details = entry.every("NtryDtls/TxDtls")
    place = f"Ntry[{number}]"
    return [
        _movement(entry, part, f"{place}/TxDtls[{at}]", is_only=len(details) == 1)
        for at, part in enumerate(details, 1)
    ]


def _movement(entry: _Part, part: _Part, place: str, *, is_only: bool) -> Movement:
    direction = part.said("CdtDbtInd") or entry.said("CdtDbtInd")
    is_reversal = entry.said("RvslInd") == "true"
    returned = part.every("RtrInf")
    amounts = (*part.every("Amt"), *part.every("AmtDtls/TxAmt/Amt"))
    if is_only:
        amounts = (*amounts, *entry.every("Amt"))
    return Movement(
        end_to_end=part.said("Refs/EndToEndId"),
        bank_ref=part.said("Refs/AcctSvcrRef") or entry.said("AcctSvcrRef", "NtryRef"),
        money=_money(amounts, place),
        booked_on=_day(entry, place),
        is_back=bool(returned) or is_reversal or direction == "CRDT",
        is_booked=entry.said("Sts/Cd", "Sts") == BOOKED,
        code=part.said("RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry"),
        text=part.said("RtrInf/AddtlInf", "AddtlTxInf"),
        place=place,
    )


def _money(amounts: tuple[_Part, ...], place: str) -> Money:
    if not amounts:
        raise _unreadable("A transaction of several says no amount.", place, "amount")
    one = amounts[0]
    try:
        return Money(Decimal(one.text.strip()), one.attributes.get("Ccy", ""))
    except (InvalidOperation, ValueError) as error:
        text = f"{one.text.strip()[:40]!r} is no amount"
        raise _unreadable(text, f"{place}/Amt", "amount") from error


def _day(entry: _Part, place: str) -> date:
    said = entry.said("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
    try:
        return date.fromisoformat(said[:10])
    except ValueError as error:
        raise _unreadable(f"{said[:40]!r} is no day", f"{place}/BookgDt", "date") from error


def _parsed(body: bytes) -> _Part:
    """Return the whole as parts. Raise ``Unreadable`` for what is broken, too large or hostile."""
    if len(body) > BYTES_MAX:
        raise _unreadable(f"The file is over {BYTES_MAX:,} bytes.", "Document", "size")
    tree = _Tree()
    parser: Any = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = tree.refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler = tree.begin, tree.end
    parser.CharacterDataHandler = tree.add
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        text = f"It is no XML: {error}"
        raise _unreadable(text, f"line {error.lineno}", "xml") from error
    return tree.root


class _Tree:
    """Grows the parts of a file while it is parsed."""

    def __init__(self) -> None:
        self.open: list[_Part] = [_Part("", {})]
        self.count = 0

    @property
    def root(self) -> _Part:
        """Return the outermost element."""
        return self.open[0].parts[0]

    def refuse_doctype(self, *_: object) -> None:
        raise _unreadable("It declares a document type.", "DOCTYPE", "doctype")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > PARTS_MAX or len(self.open) > DEPTH_MAX:
            raise _unreadable("It has too many or too deep elements.", "Document", "size")
        part = _Part(name.rpartition(":")[2], attributes)
        self.open[-1].parts.append(part)
        self.open.append(part)

    def end(self, _: str) -> None:
        self.open.pop()

    def add(self, text: str) -> None:
        self.open[-1].text += text


def _unreadable(text: str, place: str, cause: str) -> Unreadable:
    remedy = "Ask the bank for the file again, as camt.053 or camt.054 in XML."
    return Unreadable(text, place=place, cause=f"camt:{cause}", remedy=remedy)
