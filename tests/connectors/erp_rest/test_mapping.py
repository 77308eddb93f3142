"""What goes into the ERP's books, and what its books say. Written by hand, both ways."""

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest
from msgspec import structs

from drawbar.connectors.erp_rest.manifest import Settings
from drawbar.connectors.erp_rest.mapping import draft, readers
from drawbar.connectors.line import LineSettings
from drawbar.connectors.port import Sending
from drawbar.connectors.unsayable import Unsayable
from drawbar.freight.delivery import (
    DocumentSeen,
    PostInvoice,
    PostJournal,
    PostVoucher,
    ReleaseStock,
)
from drawbar.freight.freight_bill import VoucherPaid
from drawbar.freight.invoice import CustomerInvoice, InvoiceKind, InvoicePaid
from drawbar.freight.ledger import Account, Entry, EntryLine, Purpose
from drawbar.freight.lineage import Receipt
from drawbar.freight.money import Money
from drawbar.freight.order import CustomerPaid, ReceivablesStated
from drawbar.freight.stream import StreamKey, StreamKind

SETTINGS = Settings(
    system="erp",
    line=LineSettings(address="http://erp.example"),
    zone="America/Chicago",
    parties={"ABCD": "V-0007"},
)
RECEIPT = Receipt(
    message_ref="M-1", sender="erp", learned_at=datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
)
BILL = StreamKey(StreamKind.FREIGHT_BILL, "B-1")


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


ENTRY = Entry(
    entry_ref="E-1",
    purpose=Purpose.BILL_APPROVED,
    about=BILL,
    shipment_ref="S-1001",
    document_on=date(2026, 3, 20),
    lines=(
        EntryLine(account=Account.FREIGHT_ACCRUED, money=usd("2062.50")),
        EntryLine(account=Account.FREIGHT_VARIANCE, money=usd("12.50")),
        EntryLine(account=Account.ACCOUNTS_PAYABLE, money=usd("-2075.00")),
    ),
)


def voucher(revision: int = 1) -> PostVoucher:
    return PostVoucher(
        bill_ref="B-1",
        carrier_ref="ABCD",
        invoice_number="19267",
        revision=revision,
        lines=(),
        total=usd("2075.00"),
        due_at=datetime(2026, 4, 20, 3, 0, tzinfo=UTC),  # still the 19th in Chicago
        entry=ENTRY,
    )


def sending(payload) -> Sending:
    return Sending(number=7, business_key="voucher:B-1:1", stream=BILL, payload=payload)


def read(flow: str, row: dict) -> tuple:
    reading = readers(SETTINGS)[f"erp:{flow}"](msgspec.json.encode(row), RECEIPT)
    assert reading.problems == ()
    return reading.facts


def problem(flow: str, row: dict):
    reading = readers(SETTINGS)[f"erp:{flow}"](msgspec.json.encode(row), RECEIPT)
    assert reading.facts == ()
    return reading.problems[0]


PAYMENT = {
    "id": 4,
    "kind": "voucher",
    "document": "BILL-000012",
    "reference": "19267/B-1",
    "origin": "voucher:B-1:1",
    "subject": "freight_bill B-1",
    "party": "V-0007",
    "amount": "2075.00",
    "currency": "USD",
    "paid_on": "2026-04-19",
    "stamp": "2026-04-19T15:00:00Z",
}
DOCUMENT = {
    "id": 12,
    "kind": "voucher",
    "state": "posted",
    "number": "BILL-000012",
    "reference": "19267/B-1",
    "origin": "voucher:B-1:1",
    "subject": "freight_bill B-1",
    "party": "V-0007",
    "currency": "USD",
    "dated": "2026-03-20",
    "due_on": "2026-04-19",
    "total": "2075.00",
    "open": "2075.00",
    "stamp": "2026-03-20T15:00:00Z",
    "lines": [
        {"account": "2150", "debit": "2062.50", "credit": "0", "text": ""},
        {"account": "5190", "debit": "12.50", "credit": "0", "text": ""},
        {"account": "2000", "debit": "0", "credit": "2075.00", "text": ""},
    ],
}


def test_a_bill_bears_the_carriers_number_and_ours():
    put = msgspec.json.decode(msgspec.json.encode(draft(sending(voucher()), SETTINGS)))

    assert put == {
        "kind": "voucher",
        "reference": "19267/B-1",
        "origin": "voucher:B-1:1",
        "subject": "freight_bill B-1",
        "party": "V-0007",
        "currency": "USD",
        "dated": "2026-03-20",
        "due_on": "2026-04-19",
        "total": "2075.00",
        "lines": [
            {"account": "2150", "debit": "2062.50", "credit": "0", "text": "bill_approved S-1001"},
            {"account": "5190", "debit": "12.50", "credit": "0", "text": "bill_approved S-1001"},
            {"account": "2000", "debit": "0", "credit": "2075.00", "text": "bill_approved S-1001"},
        ],
        "credits": "",
    }


CREDIT_NOTE = CustomerInvoice(
    invoice_ref="C-000001",
    number=1,
    customer_ref="GLOBEX",
    shipment_ref="S-1001",
    invoiced_on=date(2026, 3, 21),
    due_on=date(2026, 3, 21),
    lines=(),
    total=usd("-100.00"),
    kind=InvoiceKind.CREDIT_NOTE,
    credits="I-000001",
)


def test_a_credit_note_is_one_in_the_erp_and_names_its_invoice():
    put = draft(sending(PostInvoice(invoice=CREDIT_NOTE, entry=ENTRY)), SETTINGS)

    assert (put.kind, put.credits, put.total) == ("credit_note", "I-000001", Decimal("100.00"))
    assert (put.reference, put.dated) == ("C-000001", date(2026, 3, 21))


def test_what_comes_after_its_month_was_closed_is_dated_in_the_open_one():
    later = structs.replace(ENTRY, posted_on=date(2026, 4, 1))

    put = draft(sending(PostInvoice(invoice=CREDIT_NOTE, entry=later)), SETTINGS)

    assert put.dated == date(2026, 4, 1)


def test_a_later_part_of_a_bill_does_not_look_like_the_first():
    assert draft(sending(voucher(revision=2)), SETTINGS).reference == "19267/B-1#2"


def test_a_journal_bears_our_entry_and_no_party():
    put = draft(sending(PostJournal(entry=ENTRY)), SETTINGS)

    assert (put.kind, put.reference, put.party, put.total) == ("journal", "E-1", "", 0)
    assert put.dated == date(2026, 3, 20)


def test_refuses_what_is_nothing_for_an_erp():
    with pytest.raises(Unsayable):
        draft(sending(ReleaseStock(order_ref="O-1")), SETTINGS)


def test_a_posted_document_is_seen_with_its_debits():
    (seen,) = read("documents", DOCUMENT)

    assert isinstance(seen, DocumentSeen)
    assert (seen.business_key, seen.document) == ("voucher:B-1:1", "BILL-000012")
    assert (seen.state, seen.total) == ("posted", usd("2075.00"))
    assert seen.lineage.message_ref == "M-1"


@pytest.mark.parametrize(
    "change",
    [{"state": "draft"}, {"origin": ""}, {"subject": ""}, {"subject": "rent May"}],
    ids=["a draft", "no key of ours", "no story", "somebody else's story"],
)
def test_a_document_that_is_not_ours_or_not_yet_posted_says_nothing(change):
    assert read("documents", DOCUMENT | change) == ()


def test_an_edited_document_is_another_fact():
    lines = [{"account": "2150", "debit": "1.00"}, {"account": "2000", "credit": "1.00"}]
    (before,) = read("documents", DOCUMENT)
    (after,) = read("documents", DOCUMENT | {"lines": lines})

    assert before.key != after.key
    assert after.total == usd("1.00")


def test_a_payment_of_a_bill_names_our_bill_whatever_is_in_the_carriers_number():
    (paid,) = read("payments", PAYMENT | {"reference": "INV/2026/19267/B-1#2"})

    assert isinstance(paid, VoucherPaid)
    assert (paid.bill_ref, paid.document) == ("B-1", "BILL-000012")
    assert (paid.money, paid.paid_on) == (usd("2075.00"), date(2026, 4, 19))


def test_a_customers_payment_names_our_invoice():
    row = {"kind": "invoice", "reference": "I-1", "subject": "customer_invoice I-1"}
    (paid,) = read("payments", PAYMENT | row)

    assert isinstance(paid, InvoicePaid)
    assert paid.invoice_ref == "I-1"


def test_a_payment_on_account_is_the_customers():
    row = {"kind": "on_account", "reference": "", "subject": "", "party": "GLOBEX"}
    (paid,) = read("payments", PAYMENT | row)

    assert isinstance(paid, CustomerPaid)
    assert (paid.customer_ref, paid.invoice_ref) == ("GLOBEX", "")


def test_a_payment_of_somebody_elses_bill_says_nothing():
    assert read("payments", PAYMENT | {"subject": "", "reference": "2024/17"}) == ()


def test_what_a_customer_owes_besides_is_stated():
    row = {"id": 1, "party": "GLOBEX", "amount": "46500.00", "currency": "USD"}
    (stated,) = read("receivables", row | {"stamp": "2026-03-01T00:00:00Z"})

    assert isinstance(stated, ReceivablesStated)
    assert stated.open_receivables == usd("46500.00")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"amount": "NaN"}, "$"),
        ({"amount": "1e400"}, "$"),
        ({"stamp": "2026-04-19T15:00:00"}, "$.stamp"),
        ({"currency": None}, "$.currency"),
    ],
    ids=["no number", "beyond all freight", "a time without zone", "no currency"],
)
def test_what_cannot_be_true_is_a_problem_with_its_place(change, place):
    assert problem("payments", PAYMENT | change).place == place


def test_a_broken_body_is_a_problem():
    reading = readers(SETTINGS)["erp:payments"](b'{"id": 4, ', RECEIPT)

    assert reading.facts == ()
    assert reading.problems[0].cause == "erp_rest:payment:$"
