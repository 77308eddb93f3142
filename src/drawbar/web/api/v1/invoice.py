"""A customer invoice as version 1 answers it: each line with its reason, and what became of it."""

from datetime import date, datetime

from msgspec import Struct

from drawbar.flow.customer_invoice import Contest, InvoiceState
from drawbar.freight.invoice import CustomerInvoice, InvoicedShipment, InvoiceLine
from drawbar.freight.money import zero
from drawbar.web.api.v1.charge import ChargeV1, charge_v1
from drawbar.web.api.v1.term import AmountV1, ReferenceV1, amount_v1


class InvoiceLineV1(Struct, frozen=True, kw_only=True):
    """One line. ``passes_on`` is the carrier's charge that it passes on, empty for none.

    ``takes_back`` is the line that a line of a credit note corrects, 0 on an invoice; ``credited``
    is what credit notes took back of this one.
    """

    number: int
    shipment_ref: str
    charge: ChargeV1
    passes_on: str
    takes_back: int
    credited: AmountV1


class InvoicedShipmentV1(Struct, frozen=True, kw_only=True):
    """What the invoice tells of one shipment, with what it asks for it."""

    shipment_ref: str
    order_ref: str
    references: tuple[ReferenceV1, ...]
    origin: str
    destination: str
    delivered_on: date | None
    total: AmountV1


class ContestV1(Struct, frozen=True, kw_only=True):
    """A customer's dispute of one line; ``outcome`` is empty while it is open."""

    line: int
    money: AmountV1
    reason: str
    recorded_by: str
    at: datetime
    outcome: str
    decided_by: str


class ErpDocumentV1(Struct, frozen=True, kw_only=True):
    """Its document in the ERP: under our key, with the ERP's number once it told us."""

    business_key: str
    document: str
    agrees: bool
    difference: str


class InvoiceV1(Struct, frozen=True, kw_only=True):
    """A released invoice or credit note; it never changes, what became of it does.

    ``kind`` is invoice, supplement, credit_note or rebill. ``open`` is neither paid nor credited,
    ``dunned`` what of it the customer may be reminded of.
    """

    invoice_ref: str
    number: int
    series: str
    kind: str
    status: str
    customer_ref: str
    invoiced_on: date
    due_on: date
    period_until: datetime | None
    group: str
    total: AmountV1
    paid: AmountV1
    credited: AmountV1
    contested: AmountV1
    open: AmountV1
    dunned: AmountV1
    credits: str
    replaces: str
    credit_refs: tuple[str, ...]
    rebilled_as: tuple[str, ...]
    reason: str
    shipments: tuple[InvoicedShipmentV1, ...]
    lines: tuple[InvoiceLineV1, ...]
    contests: tuple[ContestV1, ...]
    documents: tuple[ErpDocumentV1, ...]


def invoice_v1(state: InvoiceState) -> InvoiceV1:
    """Return an invoice as version 1 says it."""
    made = state.invoice
    return InvoiceV1(
        invoice_ref=made.invoice_ref,
        number=made.number,
        series=made.series,
        kind=made.kind.value,
        status=state.status,
        customer_ref=made.customer_ref,
        invoiced_on=made.invoiced_on,
        due_on=made.due_on,
        period_until=made.period.until if made.period else None,
        group=made.group,
        total=amount_v1(made.total),
        paid=amount_v1(state.paid),
        credited=amount_v1(state.credit),
        contested=amount_v1(state.contested),
        open=amount_v1(state.open),
        dunned=amount_v1(state.dunned),
        credits=made.credits,
        replaces=made.replaces,
        credit_refs=state.credit_refs,
        rebilled_as=state.rebilled_as,
        reason=made.reason,
        shipments=_shipments(made),
        lines=tuple(_line(state, place, one) for place, one in enumerate(made.lines, start=1)),
        contests=tuple(_contest(one) for one in state.contests),
        documents=tuple(
            ErpDocumentV1(
                business_key=one.business_key,
                document=one.document,
                agrees=one.agrees,
                difference=one.difference,
            )
            for one in state.documents
        ),
    )


def _shipments(made: CustomerInvoice) -> tuple[InvoicedShipmentV1, ...]:
    told = {one.shipment_ref: one for one in made.shipments}
    plain = (told.get(ref, InvoicedShipment(shipment_ref=ref)) for ref in made.shipment_refs)
    return tuple(
        InvoicedShipmentV1(
            shipment_ref=one.shipment_ref,
            order_ref=one.order_ref,
            references=tuple(
                ReferenceV1(kind=name.kind, value=name.value, party=name.party)
                for name in one.references
            ),
            origin=one.origin,
            destination=one.destination,
            delivered_on=one.delivered_on,
            total=amount_v1(made.total_of(one.shipment_ref)),
        )
        for one in plain
    )


def _line(state: InvoiceState, place: int, line: InvoiceLine) -> InvoiceLineV1:
    nothing = zero(state.invoice.total.currency)
    return InvoiceLineV1(
        number=place,
        shipment_ref=state.invoice.shipment_of(line),
        charge=charge_v1(line),
        passes_on=line.passes_on,
        takes_back=line.takes_back,
        credited=amount_v1(state.credited.get(place, nothing)),
    )


def _contest(contest: Contest) -> ContestV1:
    return ContestV1(
        line=contest.line,
        money=amount_v1(contest.money),
        reason=contest.reason,
        recorded_by=contest.recorded_by,
        at=contest.at,
        outcome=contest.outcome,
        decided_by=contest.decided_by,
    )
