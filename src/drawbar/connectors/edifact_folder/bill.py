"""A carrier's freight bill, out of an INVOIC: its lines, what is added or taken off, and taxes.

An INVOIC states a credit by its kind and its amounts without sign; here a credit is negative.
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct, structs

from drawbar.connectors.edifact_folder import code_map
from drawbar.connectors.edifact_folder.heard import Heard, party, references, scac_of
from drawbar.connectors.x12_folder.bill import read_bill
from drawbar.edi import (
    Amount,
    FreightInvoice,
    InvoiceCharge,
    InvoiceLine,
    InvoiceTotal,
    Moment,
    Party,
    Place,
)
from drawbar.edi.edifact import CommercialInvoice
from drawbar.edi.edifact.detail import Sum
from drawbar.edi.edifact.invoice import AllowanceOrCharge, BilledLine, Tax
from drawbar.freight.freight_bill import BillReceived
from drawbar.freight.reading import Reading

TOTALS = ("77", "39", "9", "86")
"""Qualifiers of what the invoice comes to, best first. Source: code list 5025 of D.96A."""

LINE_NET, LINE_GROSS = "203", "66"
CHARGED = ("8", "23", "204", "131")
TAXED = ("124", "176")
INVOICED, DOCUMENT = "3", "137"
CREDITS = frozenset({"381", "83"})
CORRECTED = "384"
"""Kinds of document. Source: code list 1001 of D.96A."""

SHIP_TIMES = {"11": "11", "200": "86"}
"""Despatch and collection -> the qualifiers by which a bill's move is known."""

ROLES = {"CZ": "SH", "DP": "ST"}
"""Consignor and delivery party -> the roles by which a bill's move is known."""


def read_invoice(stated: CommercialInvoice, heard: Heard) -> Reading:
    """Return the bill, or everything that keeps us from taking it."""
    reading = read_bill(freight_invoice(stated, heard), heard)
    if stated.kind.strip() != CORRECTED:
        return reading
    original = next(
        (one.value for one in stated.references if one.qualifier in code_map.ORIGINAL_INVOICE), ""
    )
    facts = tuple(
        structs.replace(one, bill=structs.replace(one.bill, corrects=original.strip()))
        if isinstance(one, BillReceived) and original.strip()
        else one
        for one in reading.facts
    )
    return structs.replace(reading, facts=facts)


def freight_invoice(stated: CommercialInvoice, heard: Heard) -> FreightInvoice:
    """Return the invoice as every reader of ours takes them, each value with its place."""
    times = {one.qualifier: one for one in reversed(stated.times)}
    dated = times.get(INVOICED) or times.get(DOCUMENT)
    total = _first(stated.totals, TOTALS)
    sign = _sign(stated, total)
    named = references(stated.references)
    answered = (one.value for one in named if one.qualifier == code_map.PREVIOUS_MESSAGE)
    at = _places(stated, total)
    net = _signed(total, sign)
    return FreightInvoice(
        invoice_number=stated.number,
        shipment_id=next(answered, ""),
        scac=scac_of(stated.parties, stated.legs),
        net_amount=net or Amount(None),
        invoiced_on=dated.on if dated else None,
        correction="CO" if stated.kind.strip() == CORRECTED else "",
        currency=stated.currency,
        references=named,
        moments=tuple(_shipped(stated)),
        parties=tuple(_parties(stated)),
        lines=tuple(_lines(stated, sign)),
        total=InvoiceTotal(charge=net) if net else None,
        at=at | ({"invoiced_on": dated.at["text"]} if dated and "text" in dated.at else {}),
    )


def _sign(stated: CommercialInvoice, total: Sum | None) -> int:
    """Return -1 for a credit note whose amounts are written without sign."""
    value = total.amount.value if total and total.amount else None
    is_credit = stated.kind.strip() in CREDITS
    return -1 if is_credit and (value is None or value >= 0) else 1


def _places(stated: CommercialInvoice, total: Sum | None) -> dict[str, Place]:
    places = {"invoice_number": stated.at["number"]} if "number" in stated.at else {}
    if total and "amount" in total.at:
        places["net_amount"] = total.at["amount"]
    money = next((one for one in stated.currencies if "code" in one.at), None)
    if money:
        places["currency"] = money.at["code"]
    return places


def _shipped(stated: CommercialInvoice) -> Iterator[Moment]:
    for one in stated.times:
        if one.qualifier in SHIP_TIMES and one.on:
            yield Moment(qualifier=SHIP_TIMES[one.qualifier], on=one.on)


def _parties(stated: CommercialInvoice) -> Iterator[Party]:
    for one in stated.parties:
        yield party(one, ROLES.get(one.role, ""))


class _Piece(Struct, frozen=True):
    """One sum, for what it is owed, and in which direction."""

    money: Sum
    code: str
    text: str
    place: Place | None
    sign: int


def _lines(stated: CommercialInvoice, sign: int) -> Iterator[InvoiceLine]:
    """Yield the lines, then what is added to or taken off the whole, then the taxes."""
    for number, line in enumerate(stated.lines, start=1):
        yield InvoiceLine(
            number=number,
            references=references(line.references),
            charges=tuple(_charge(piece) for piece in _of_line(line, sign)),
            at=line.at,
        )
    over_all = [piece for one in stated.allowances for piece in _of_allowance(one, sign)]
    over_all += _taxes(stated, sign)
    for number, piece in enumerate(over_all, start=len(stated.lines) + 1):
        yield InvoiceLine(number=number, charges=(_charge(piece),), at=piece.money.at)


def _charge(piece: _Piece) -> InvoiceCharge:
    at = dict(piece.money.at)
    if piece.place:
        at["code"] = piece.place
    return InvoiceCharge(
        amount=_signed(piece.money, piece.sign),
        code=piece.code,
        text=piece.text,
        currency=piece.money.currency,
        at=at,
    )


def _of_line(line: BilledLine, sign: int) -> Iterator[_Piece]:
    """Yield the line's net amount; where only the gross one is stated, also what changes it."""
    net = _first(line.sums, (LINE_NET,))
    money = net or _first(line.sums, (LINE_GROSS,))
    described = next((one for one in line.descriptions if one.code or one.texts), None)
    code, place = line.item.strip(), line.at.get("item")
    if not code and described:
        code, place = described.code.strip(), described.at.get("code")
    text = " ".join(described.texts).strip() if described else ""
    if money:
        yield _Piece(money, code, text, place or line.at.get("number"), sign)
    if net is None:
        for one in line.allowances:
            yield from _of_allowance(one, sign)


def _of_allowance(stated: AllowanceOrCharge, sign: int) -> Iterator[_Piece]:
    money = _first(stated.sums, CHARGED)
    taken_off = -1 if stated.direction.strip() == "A" else 1
    if money:
        text = " ".join(stated.texts).strip()
        place = stated.at.get("service") or stated.at.get("direction")
        yield _Piece(money, stated.service.strip(), text, place, sign * taken_off)


def _taxes(stated: CommercialInvoice, sign: int) -> Iterator[_Piece]:
    """Yield each tax of the summary that is not zero; else the one tax that the totals state."""
    found = [(one, money) for one in stated.taxes if (money := _first(one.sums, TAXED))]
    alone = None if found else _first(stated.totals, TAXED)
    pairs: list[tuple[Tax | None, Sum]] = [*found]
    pairs += [(None, alone)] if alone else []
    for tax, money in pairs:
        if money.amount and money.amount.value == Decimal(0):
            continue
        code = tax.kind.strip() if tax else ""
        text = f"{tax.rate} %" if tax and tax.rate else ""
        place = tax.at.get("kind") if tax else None
        yield _Piece(money, code or money.qualifier, text, place or money.at.get("qualifier"), sign)


def _first(sums: tuple[Sum, ...], qualifiers: tuple[str, ...]) -> Sum | None:
    known = {one.qualifier.strip(): one for one in reversed(sums) if one.amount is not None}
    return next((known[one] for one in qualifiers if one in known), None)


def _signed(money: Sum | None, sign: int) -> Amount | None:
    if money is None or money.amount is None or money.amount.value is None:
        return money.amount if money else None
    return money.amount if sign > 0 else Amount(-money.amount.value, money.amount.raw)
