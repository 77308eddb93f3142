"""What the ERP's documents and payments say in our words, and our postings in the ERP's.

Pure. ``origin`` on a document is our business key, ``subject`` the story that it belongs to; a
document without them is somebody else's and says nothing to us.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from drawbar.connectors.erp_rest.manifest import Settings
from drawbar.connectors.erp_rest.order_mapping import read_order
from drawbar.connectors.port import Sending
from drawbar.connectors.reading import Reader, Readers, Said, decoded, reading
from drawbar.connectors.unsayable import Unsayable
from drawbar.freight.delivery import DocumentSeen, PostInvoice, PostJournal, PostVoucher
from drawbar.freight.freight_bill import VoucherPaid
from drawbar.freight.identity import key_for
from drawbar.freight.instant import local_day
from drawbar.freight.invoice import InvoicePaid
from drawbar.freight.ledger import Entry
from drawbar.freight.lineage import Receipt
from drawbar.freight.money import Money
from drawbar.freight.order import CustomerPaid, ReceivablesStated
from drawbar.freight.reading import Reading
from drawbar.freight.stream import StreamKind

Stamp = Annotated[datetime, Meta(tz=True)]


class Posting(Struct, frozen=True, kw_only=True):
    """One debit or credit in the ERP's words."""

    account: str
    debit: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    text: str = ""


class Draft(Struct, frozen=True, kw_only=True):
    """A document as we put it."""

    kind: str
    reference: str
    origin: str
    subject: str
    party: str = ""
    currency: str
    dated: date
    due_on: date
    total: Decimal = Decimal(0)
    lines: tuple[Posting, ...]
    credits: str = ""


class Document(Draft, frozen=True, kw_only=True):
    """A document as the ERP shows it."""

    id: int
    state: str
    number: str
    stamp: Stamp

    @property
    def label(self) -> str:
        """Return its number, or what it is called before it has one."""
        return self.number or f"draft {self.id}"


class _Payment(Struct, frozen=True, kw_only=True):
    id: int
    kind: str
    document: str
    reference: str
    subject: str
    party: str
    amount: Decimal
    currency: str
    paid_on: date
    stamp: Stamp


class _Receivable(Struct, frozen=True, kw_only=True):
    id: int
    party: str
    amount: Decimal
    currency: str
    stamp: Stamp


def draft(sending: Sending, settings: Settings) -> Draft:
    """Return the document to put. Raise ``Unsayable``."""
    match sending.payload:
        case PostJournal(entry=entry):
            return _draft(sending, settings, entry, kind="journal", reference=entry.entry_ref)
        case PostVoucher() as voucher:
            return msgspec.structs.replace(
                _draft(sending, settings, voucher.entry, kind="voucher", reference=_ref(voucher)),
                party=settings.their_party(voucher.carrier_ref),
                due_on=local_day(voucher.due_at, settings.zone),
                total=voucher.total.amount,
            )
        case PostInvoice(invoice=invoice, entry=entry) if invoice.is_credit:
            return msgspec.structs.replace(
                _draft(sending, settings, entry, kind="credit_note", reference=invoice.invoice_ref),
                party=settings.their_party(invoice.customer_ref),
                dated=max(invoice.invoiced_on, entry.booked_on),
                total=-invoice.total.amount,
                credits=invoice.credits,
            )
        case PostInvoice(invoice=invoice, entry=entry):
            return msgspec.structs.replace(
                _draft(sending, settings, entry, kind="invoice", reference=invoice.invoice_ref),
                party=settings.their_party(invoice.customer_ref),
                dated=max(invoice.invoiced_on, entry.booked_on),
                due_on=invoice.due_on,
                total=invoice.total.amount,
            )
        case other:
            raise Unsayable(f"{type(other).__name__} is nothing for an ERP")


def same(document: Document, wanted: Draft) -> bool:
    """Say whether a document in the books holds exactly what we want to stand there."""
    return all(getattr(document, name) == getattr(wanted, name) for name in Draft.__struct_fields__)


def readers(settings: Settings) -> Readers:
    """Return what reads each flow of this ERP, by channel."""
    flows = {
        "documents": _read_document,
        "payments": _read_payment,
        "receivables": _read_receivable,
        "orders": read_order,
    }
    return {f"{settings.system}:{flow}": _of(read, settings) for flow, read in flows.items()}


def _of(read: Callable[[bytes, Receipt, Settings], Reading], settings: Settings) -> Reader:
    return reading(lambda body, receipt: read(body, receipt, settings))


def _draft(
    sending: Sending, settings: Settings, entry: Entry, *, kind: str, reference: str
) -> Draft:
    return Draft(
        kind=kind,
        reference=reference,
        origin=sending.business_key,
        subject=str(sending.stream),
        currency=entry.lines[0].money.currency,
        dated=entry.booked_on,
        due_on=entry.booked_on,
        lines=tuple(
            Posting(
                account=settings.accounts[line.account],
                debit=max(line.money.amount, Decimal(0)),
                credit=max(-line.money.amount, Decimal(0)),
                text=" ".join((entry.text or _about(entry), line.cost_centre)).strip(),
            )
            for line in entry.lines
        ),
    )


def _about(entry: Entry) -> str:
    return f"{entry.purpose.value} {entry.shipment_ref}"


def _ref(voucher: PostVoucher) -> str:
    """Carrier's number / our bill: one number on eight bills stays eight references."""
    again = f"#{voucher.revision}" if voucher.revision > 1 else ""
    return f"{voucher.invoice_number}/{voucher.bill_ref}{again}"


def _bill_ref(reference: str) -> str:
    return reference.rpartition("/")[2].partition("#")[0]


def _read_document(body: bytes, receipt: Receipt, settings: Settings) -> Reading:
    document = decoded(body, Document, cause="erp_rest:document")
    if not _is_ours(document.subject) or not document.origin or document.state == "draft":
        return Reading()
    debits = sum((line.debit for line in document.lines), start=Decimal(0))
    version = (document.id, document.state, f"{document.stamp:%Y%m%dT%H%M%S}", debits)
    seen = DocumentSeen(
        system=settings.system,
        business_key=document.origin,
        document=document.number,
        state=document.state,
        total=Money(debits, document.currency),
        **_said(document.stamp, receipt, settings, "document", *version),
    )
    return Reading(facts=(seen,))


def _read_payment(body: bytes, receipt: Receipt, settings: Settings) -> Reading:
    payment = decoded(body, _Payment, cause="erp_rest:payment")
    said = _said(payment.stamp, receipt, settings, "payment", payment.id)
    money = Money(payment.amount, payment.currency)
    if payment.kind == "on_account":
        customer = settings.our_party(payment.party)
        return Reading(facts=(CustomerPaid(customer_ref=customer, money=money, **said),))
    if not _is_ours(payment.subject):
        return Reading()
    return Reading(facts=(_paid(payment, money, said),))


def _paid(payment: _Payment, money: Money, said: Said) -> VoucherPaid | InvoicePaid:
    paid_on = payment.paid_on
    if payment.kind == "voucher":
        bill_ref, document = _bill_ref(payment.reference), payment.document
        return VoucherPaid(
            bill_ref=bill_ref, document=document, money=money, paid_on=paid_on, **said
        )
    return InvoicePaid(invoice_ref=payment.reference, money=money, paid_on=paid_on, **said)


def _read_receivable(body: bytes, receipt: Receipt, settings: Settings) -> Reading:
    owed = decoded(body, _Receivable, cause="erp_rest:receivable")
    version = (owed.id, f"{owed.stamp:%Y%m%dT%H%M%S}", owed.amount)
    stated = ReceivablesStated(
        customer_ref=settings.our_party(owed.party),
        open_receivables=Money(owed.amount, owed.currency),
        **_said(owed.stamp, receipt, settings, "receivable", *version),
    )
    return Reading(facts=(stated,))


def _said(at: datetime, receipt: Receipt, settings: Settings, *version: object) -> Said:
    return Said(
        key=key_for(settings.system, *version),
        happened_at=at,
        learned_at=receipt.learned_at,
        lineage=receipt.at("$"),
    )


def _is_ours(subject: str) -> bool:
    """Say whether ``subject`` names a story of ours."""
    kind, _, ref = subject.partition(" ")
    return bool(ref) and kind in {known.value for known in StreamKind}
