"""A carrier's bill out of a 210: one line for each charge that states an amount."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from drawbar.cli.audit.edi_set import EdiSet, EdiWords, names_in
from drawbar.cli.audit.paper import LinePaper
from drawbar.cli.audit.setting import folded
from drawbar.cli.audit.unread import Refused
from drawbar.connectors.x12_folder.bill import REMIT_TO
from drawbar.connectors.x12_folder.move import move_of
from drawbar.edi import Amount, FreightInvoice, InvoiceCharge
from drawbar.freight.money import Money
from drawbar.freight.reference import Reference

_REMEDY = "Ask the carrier to send it again, complete."


def lines_of(
    stated: FreightInvoice, one: EdiSet, words: EdiWords, *, currency: str
) -> Iterator[LinePaper]:
    """Yield the lines. Raise ``Refused`` for a bill that cannot be read as a whole."""
    charges = [c for c in stated.charges if c.amount and (c.amount.raw or c.amount.value)]
    carrier = words.carrier(stated.scac)
    _require(stated, charges, carrier, words)
    assert stated.invoiced_on is not None
    money = stated.currency.strip() or currency
    if not money:
        text = "the bill states no currency"
        raise Refused(text, field="C3", remedy="Say currency: USD in columns.yaml.")
    footed = stated.total.charge if stated.total else None
    for number, charge in enumerate(charges, start=1):
        yield LinePaper(
            carrier_ref=carrier,
            invoice=stated.invoice_number.strip(),
            billed_on=stated.invoiced_on,
            received_at=datetime.combine(stated.invoiced_on, time(12), UTC),
            references=_names(stated, words, carrier),
            currency=money,
            total=_money(stated.net_amount, money),
            invoice_total=_money(footed, money),
            remit_to=_payee(stated),
            number=number,
            kind=words.charges.get(folded(charge.code)),
            money=_charged(charge, money),
            stop=0,
            code=charge.code.strip(),
            text=charge.text.strip(),
            shown=None,
            where=one.where(charge.at.get("amount")),
            move=move_of(stated),
        )


def _require(
    stated: FreightInvoice, charges: list[InvoiceCharge], carrier: str, words: EdiWords
) -> None:
    if not carrier:
        raise Refused("the bill names no carrier", field="B311", remedy=_REMEDY)
    if not stated.invoice_number.strip():
        raise Refused("the bill has no number", field="B302", remedy=_REMEDY)
    if stated.invoiced_on is None:
        raise Refused("the bill has no date", field="B306", remedy=_REMEDY)
    if stated.invoiced_on > words.tonight.date():
        text = f"the invoice date {stated.invoiced_on} is in the future"
        raise Refused(text, field="B306", remedy="Correct it, or say --as-of with a later day.")
    if stated.net_amount.value is None:
        raise Refused("the total is missing or no amount", field="B307", remedy=_REMEDY)
    if not charges:
        raise Refused("the bill has no charges", field="L104", remedy=_REMEDY)


def _charged(charge: InvoiceCharge, currency: str) -> Money:
    own = charge.currency.strip()
    found = _money(charge.amount, own or currency)
    if found is None:
        raise Refused("a charge is no amount", field="L104", remedy=_REMEDY)
    return found


def _money(amount: Amount | None, currency: str) -> Money | None:
    return None if amount is None or amount.value is None else Money(amount.value, currency)


def _names(stated: FreightInvoice, words: EdiWords, carrier: str) -> tuple[Reference, ...]:
    inside = (ref for line in stated.lines for ref in line.references)
    return names_in(stated.shipment_id, (*stated.references, *inside), words, carrier=carrier)


def _payee(stated: FreightInvoice) -> str:
    """Return to whom the bill wants to be paid, empty where it does not say."""
    named = (one for one in stated.parties if one.role in REMIT_TO)
    return next((one.id.strip() or one.name.strip() for one in named), "")
