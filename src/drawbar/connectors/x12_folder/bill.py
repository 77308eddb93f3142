"""A carrier's freight bill, out of a 210. A bill that we cannot read as a whole is not taken."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal

from msgspec import structs

from drawbar.connectors.charge_word import Understood, unread
from drawbar.connectors.x12_folder.heard import NOWHERE, Heard, distinct
from drawbar.connectors.x12_folder.move import move_of
from drawbar.connectors.x12_folder.shown import shown_for
from drawbar.edi import Amount, FreightInvoice, InvoiceCharge, InvoiceLine
from drawbar.freight.freight_bill import (
    LINES_MAX,
    BillLine,
    BillReceived,
    FreightBill,
    Sense,
    Shown,
)
from drawbar.freight.identity import minted
from drawbar.freight.money import Money, total
from drawbar.freight.reading import Problem, Reading
from drawbar.freight.reference import Reference, ReferenceKind

CURRENCY = re.compile("[A-Z]{3}")
REPLACES = frozenset({"CO"})
"""Corrected invoices. Source: X12 element 202, correction indicator."""

REMIT_TO = frozenset({"RE", "RI", "PE"})
"""Roles of whom to pay. Source: X12 element 98."""


def read_bill(stated: FreightInvoice, heard: Heard) -> Reading:
    """Return the bill, or everything that keeps us from taking it, once per cause.

    A charge that nobody understands comes with the bill, and is a problem beside it.
    """
    problems = _once(_problems(stated, heard))
    if problems:
        return Reading(problems=(*problems, *_once(_unknown(stated, heard))))
    return Reading(facts=(_received(stated, heard),), problems=_once(_unknown(stated, heard)))


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    first = {problem.cause: problem for problem in reversed(list(problems))}
    return tuple(reversed(first.values()))


def _unknown(stated: FreightInvoice, heard: Heard) -> Iterator[Problem]:
    """Yield the charges that nobody understands: they keep no bill back."""
    for charge in _charged(stated) if stated.invoiced_on else ():
        if _meaning(charge, stated, heard).sense is Sense.UNKNOWN:
            place = charge.at.get("code", NOWHERE)
            yield heard.unknown("charge", charge.code.strip(), place)


def _meaning(charge: InvoiceCharge, stated: FreightInvoice, heard: Heard) -> Understood:
    assert stated.invoiced_on is not None
    return heard.profile.charge(charge.code.strip(), stated.invoiced_on)


def _problems(stated: FreightInvoice, heard: Heard) -> Iterator[Problem]:
    def lacks(text: str, field: str) -> Problem:
        return heard.lacking(text, stated.at.get(field, NOWHERE), field)

    if heard.profile.carrier(stated.scac) is None:
        yield heard.unknown("carrier", stated.scac, stated.at.get("scac", NOWHERE), under="scac")
    if not stated.invoice_number.strip():
        yield lacks("The bill has no number.", "invoice_number")
    if stated.invoiced_on is None:
        yield lacks("The bill has no date.", "invoiced_on")
    if stated.net_amount.value is None:
        yield lacks("The total is missing or no amount.", "net_amount")
    if not _currency(stated, heard):
        yield lacks("The bill states no currency, and neither does the profile.", "currency")
    elif not CURRENCY.fullmatch(_currency(stated, heard)):
        yield lacks("The currency is none of ISO 4217, such as USD.", "currency")
    if not _charged(stated):
        yield lacks("The bill has no charges.", "charges")
    if len(_charged(stated)) > LINES_MAX:
        yield lacks(f"The bill has more than {LINES_MAX:,} lines.", "charges")
        return
    for charge in _charged(stated):
        yield from _doubts(charge, stated, heard)


def _doubts(charge: InvoiceCharge, stated: FreightInvoice, heard: Heard) -> Iterator[Problem]:
    if _value(charge.amount) is None:
        place = charge.at.get("amount", NOWHERE)
        yield heard.lacking("A charge is no amount.", place, "amount")
    if charge.currency.strip() not in {"", _currency(stated, heard)}:
        place = charge.at.get("currency", NOWHERE)
        yield heard.lacking("A charge is in another currency than the bill.", place, "currency")


def _received(stated: FreightInvoice, heard: Heard) -> BillReceived:
    assert stated.invoiced_on is not None
    assert stated.net_amount.value is not None
    currency, at = _currency(stated, heard), _midnight(stated.invoiced_on)
    lines = tuple(
        _line(number, charge, currency, heard, stated, shown_for(line, charge))
        for number, (line, charge) in enumerate(_lines(stated), start=1)
    )
    footed = _value(stated.total.charge) if stated.total else None
    again = unread(lines)
    bill = FreightBill(
        bill_ref=minted("B", cause=heard.key("bill"), learned_at=at),
        carrier_ref=heard.profile.carrier(stated.scac) or heard.profile.party_ref,
        invoice_number=stated.invoice_number.strip(),
        billed_on=stated.invoiced_on,
        currency=currency,
        references=_names(stated, heard),
        lines=lines,
        total=Money(stated.net_amount.value, currency),
        document_total=None if footed is None else Money(footed, currency),
        document_lines_total=total((line.money for line in lines), currency=currency),
        remit_to=_remit_to(stated),
        corrects=stated.invoice_number.strip() if stated.correction.strip() in REPLACES else "",
        move=move_of(stated),
    )
    place = stated.at.get("invoice_number", NOWHERE)
    return BillReceived(bill=bill, **heard.said(place, at, "bill", *again))


def _line(
    number: int,
    charge: InvoiceCharge,
    currency: str,
    heard: Heard,
    stated: FreightInvoice,
    shown: Shown | None,
) -> BillLine:
    value = _value(charge.amount)
    assert value is not None
    place = charge.at.get("amount", NOWHERE)
    meaning = _meaning(charge, stated, heard)
    return BillLine(
        number=number,
        kind=meaning.kind,
        sense=meaning.sense,
        said=meaning.said,
        money=Money(value, currency),
        code=charge.code.strip(),
        text=charge.text.strip(),
        place=heard.where(place),
        shown=shown,
    )


def _charged(stated: FreightInvoice) -> tuple[InvoiceCharge, ...]:
    return tuple(charge for _, charge in _lines(stated))


def _lines(stated: FreightInvoice) -> tuple[tuple[InvoiceLine, InvoiceCharge], ...]:
    """Return the charges that state an amount: one without is a rate for information."""
    return tuple(
        (line, one)
        for line in stated.lines
        for one in line.charges
        if one.amount and (one.amount.raw or one.amount.value)
    )


def _names(stated: FreightInvoice, heard: Heard) -> tuple[Reference, ...]:
    number = stated.invoice_number.strip()
    kinds = [ReferenceKind.CARRIER_INVOICE]
    if heard.profile.invoice_number_is_pro:
        kinds.append(ReferenceKind.PRO)
    own = (*heard.our_id(stated.shipment_id), *(heard.name(kind, number) for kind in kinds))
    inside = tuple(one for line in stated.lines for one in line.references)
    said = (*own, *heard.names((*stated.references, *inside)))
    carrier = heard.profile.carrier(stated.scac) or heard.profile.party_ref
    return distinct(
        tuple(structs.replace(one, party=carrier) if one.party else one for one in said)
    )


def _remit_to(stated: FreightInvoice) -> str:
    payees = [party for party in stated.parties if party.role in REMIT_TO]
    return next((party.id.strip() or party.name.strip() for party in payees), "")


def _currency(stated: FreightInvoice, heard: Heard) -> str:
    return stated.currency.strip() or heard.profile.currency


def _value(amount: Amount | None) -> Decimal | None:
    return amount.value if amount else None


def _midnight(day: date) -> datetime:
    """Return the start of the day: a bill is dated, not timed."""
    return datetime.combine(day, time(), UTC)
