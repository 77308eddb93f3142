"""Bills out of their lines: which lines are one bill, what its header says, when it came.

Neither the order of files, rows nor lines decides anything: bills are told apart by what they say.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from drawbar.cli.audit.paper import LinePaper
from drawbar.flow.shadow_outcome import UNKNOWN_CODE, Asked, Stranger, Why
from drawbar.freight.attribute import Move
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, BillReceived, FreightBill
from drawbar.freight.identity import minted
from drawbar.freight.lineage import Lineage
from drawbar.freight.money import Money, total
from drawbar.freight.reference import Reference, ReferenceKind

Order = tuple[datetime, date, str, str, str]


class Billed(Struct, frozen=True, kw_only=True):
    """A bill put together, with the place in line where it is judged, and where it stood.

    ``is_headed`` says whether a header states what it comes to.
    """

    order: Order
    asked: Asked
    where: str
    is_headed: bool


def bills_of(lines: Sequence[LinePaper]) -> Iterator[Billed]:
    """Yield the bills of one document: lines of one file, carrier, invoice number and date."""
    for copy in _copies(lines):
        by_names = _by_names(copy)
        stated = _document_total(copy, by_names)
        whole = _sum(copy)
        for group in by_names:
            yield _billed(group, stated, whole, is_alone=len(by_names) == 1)


def _copies(lines: Sequence[LinePaper]) -> list[list[LinePaper]]:
    """Return the document once for each time that its every line number is there, else as it is."""
    if any(line.number is None for line in lines):
        return _repeats(lines)
    counts = Counter((line.number, _names(line)) for line in lines)
    times = set(counts.values())
    if len(times) != 1 or times == {1}:
        return [list(lines)]
    copies: dict[int, list[LinePaper]] = defaultdict(list)
    seen: Counter[object] = Counter()
    for line in sorted(lines, key=_content):
        key = line.number, _names(line)
        copies[seen[key]].append(line)
        seen[key] += 1
    return list(copies.values())


def _repeats(lines: Sequence[LinePaper]) -> list[list[LinePaper]]:
    """Return a document without line numbers as often as it stands there, if its total says so."""
    counts = Counter(_content(line) for line in lines)
    times = set(counts.values())
    stated = {line.invoice_total or line.total for line in lines}
    (n,) = times if len(times) == 1 else (1,)
    said = next(iter(stated)) if len(stated) == 1 else None
    if n < 2 or said is None or said.amount * n != _sum(lines).amount:
        return [list(lines)]
    first = {_content(line): line for line in lines}
    return [list(first.values()) for _ in range(n)]


def _by_names(lines: Sequence[LinePaper]) -> list[list[LinePaper]]:
    """Return the lines of each load; lines that name none go with the only load that is named."""
    groups: dict[object, list[LinePaper]] = defaultdict(list)
    for line in lines:
        groups[_names(line)].append(line)
    if len(groups) == 2 and () in groups:
        nameless = groups.pop(())
        (named,) = groups.values()
        named += nameless
    return [groups[key] for key in sorted(groups, key=repr)]


def _document_total(
    lines: Sequence[LinePaper], groups: Sequence[Sequence[LinePaper]]
) -> Money | None:
    """Return what the header of the whole document says, None where there is only one per bill."""
    said = {line.invoice_total for line in lines if line.invoice_total is not None}
    if said:
        return _doubtful(said, _sum(lines))
    totals = {line.total for line in lines if line.total is not None}
    if len(groups) == 1 or len(totals) != 1:
        return None
    (one,) = totals
    each = all(_sum(group) == one for group in groups)
    return None if each else one


def _doubtful(said: set[Money], lines: Money) -> Money:
    """Return of several totals one that is not what the lines come to: rows must not disagree."""
    return max(said - {lines} or said)


def _billed(
    lines: Sequence[LinePaper], stated: Money | None, whole: Money, *, is_alone: bool
) -> Billed:
    contents = sorted((_content(line), place) for place, line in enumerate(lines))
    head = lines[contents[0][1]]
    placed = list(enumerate(sorted(lines, key=lambda line: line.number or 0), start=1))
    totals = {line.total for line in lines if line.total is not None}
    said = _doubtful(totals, _sum(lines)) if totals else None
    is_whole = stated is not None and said == stated and not is_alone
    asked_for = _sum(lines) if said is None or is_whole else said
    strangers = tuple(_stranger(n, line) for n, line in placed if line.kind is None)
    currency = asked_for.currency
    odd = (one.money for one in strangers if one.money.currency == currency)
    rest = asked_for - total(odd, currency=currency)
    digest = hashlib.blake2b(
        repr(([said for said, _ in contents], asked_for, stated)).encode(), digest_size=12
    ).hexdigest()
    order = (head.received_at, head.billed_on, head.carrier_ref, head.invoice, digest)
    bill = FreightBill(
        bill_ref=minted("B", cause=digest, learned_at=head.received_at),
        carrier_ref=head.carrier_ref,
        invoice_number=head.invoice,
        billed_on=head.billed_on,
        currency=currency,
        references=_references(lines, head),
        lines=tuple(_line(n, line, line.kind) for n, line in placed if line.kind is not None),
        total=rest,
        document_total=stated,
        document_lines_total=None if stated is None else whole,
        remit_to=head.remit_to,
        move=_move(lines),
    )
    received = BillReceived(
        key=bill.bill_ref,
        happened_at=head.received_at,
        learned_at=head.received_at,
        lineage=Lineage(message_ref="", place=head.where),
        bill=bill,
    )
    asked = Asked(fact=received, billed=asked_for, strangers=strangers)
    is_headed = said is not None or stated is not None
    return Billed(order=order, asked=asked, where=head.where, is_headed=is_headed)


def _move(lines: Sequence[LinePaper]) -> Move | None:
    """Return what the lines say of the move, None where they are silent or disagree."""
    said = {line.move for line in lines if line.move is not None}
    return next(iter(said)) if len(said) == 1 else None


def _references(lines: Iterable[LinePaper], head: LinePaper) -> tuple[Reference, ...]:
    own = Reference(ReferenceKind.CARRIER_INVOICE, head.invoice, head.carrier_ref)
    said = (one for line in lines for one in line.references)
    return tuple(dict.fromkeys((*sorted(said), own)))


def _line(number: int, line: LinePaper, kind: ChargeKind) -> BillLine:
    return BillLine(
        number=number,
        kind=kind,
        money=line.money,
        stop=line.stop,
        code=line.code,
        text=line.text,
        place=line.where,
        shown=line.shown,
    )


def _stranger(number: int, line: LinePaper) -> Stranger:
    code = line.code.strip()[:80]
    text = f"the charge {code!r} has no meaning here yet"
    remedy = f"Say in codes.yaml under charges what {code!r} means."
    if not code:
        text = "the line does not say what it charges for: its charge is empty"
        remedy = "Fill in the charge of that line."
    why = Why(reason=UNKNOWN_CODE, text=text, remedy=remedy, is_open=True)
    return Stranger(
        number=number, money=line.money, code=line.code, text=line.text, place=line.where, why=why
    )


def _names(line: LinePaper) -> tuple[Reference, ...]:
    return tuple(sorted(line.references))


def _content(line: LinePaper) -> str:
    """Return all that a line says, wherever it stands."""
    said = (
        line.carrier_ref,
        line.invoice,
        line.billed_on.isoformat(),
        line.received_at.isoformat(),
        _names(line),
        line.number or 0,
        line.kind.value if line.kind else "",
        line.code,
        str(line.money),
        line.stop,
        line.text,
        repr(line.shown),
        str(line.total),
        str(line.invoice_total),
        line.remit_to,
        *((repr(line.move),) if line.move else ()),
    )
    return repr(said)


def _sum(lines: Iterable[LinePaper]) -> Money:
    """Return what lines come to in the currency of the first; others are the audit's to refuse."""
    amounts = [line.money for line in lines]
    currency = min(money.currency for money in amounts)
    return total((one for one in amounts if one.currency == currency), currency=currency)
