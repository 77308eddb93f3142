"""The small ERP is as careless as real ones: it books twice what is sent twice."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from drawbar.world.clock import Clock
from drawbar.world.erp.document import Document, Documents, NewDocument, Posting
from drawbar.world.erp.office import Office
from drawbar.world.erp.payment import Payments, PayRun
from drawbar.world.exchange import Refusal, Request
from drawbar.world.store import Store


@pytest.fixture
def office(tmp_path):
    clock = Clock()
    clock.set(datetime(2026, 3, 10, 12, 0, tzinfo=UTC))
    office = Office(tmp_path, clock)
    office.routes().answer(post("/control/parties", b'{"code": "ABCD"}'))
    yield office
    office._store.close()


@pytest.fixture
def documents(office) -> Documents:
    return office._documents


@pytest.fixture
def payments(office) -> Payments:
    return office._payments


def post(path: str, body: bytes) -> Request:
    return Request(method="POST", path=path, body=body)


def bill(amount: str = "100.00", credit: str | None = None, **changes) -> NewDocument:
    said = {
        "kind": "voucher",
        "reference": "19267/B-1",
        "origin": "voucher:B-1",
        "party": "ABCD",
        "currency": "USD",
        "dated": date(2026, 3, 10),
        "total": Decimal(amount),
        "lines": (
            Posting(account="5100", debit=Decimal(amount)),
            Posting(account="2000", credit=Decimal(credit or amount)),
        ),
    }
    return NewDocument(**(said | changes))


def posted(documents: Documents, new: NewDocument) -> Document:
    return documents.post(documents.put(new).id)


def test_the_same_reference_twice_is_two_documents(documents):
    first, second = posted(documents, bill()), posted(documents, bill())

    found = documents.search(origin="voucher:B-1", reference="", kind="")

    assert [one.number for one in found] == [first.number, second.number]


def test_a_draft_moves_no_money_and_has_no_number(documents):
    draft = documents.put(bill())

    assert (draft.state, draft.number, draft.open) == ("draft", "", 0)


def test_posting_twice_posts_once(documents):
    document = posted(documents, bill())

    assert documents.post(document.id) == document


def test_an_unbalanced_document_is_refused_with_status_200(documents):
    draft = documents.put(bill("100.00", credit="99.99"))

    with pytest.raises(Refusal) as refusal:
        documents.post(draft.id)

    assert (refusal.value.code, refusal.value.status) == ("UNBALANCED", 200)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"party": "NOBODY"}, "party"),
        ({"party": ""}, "party"),
        ({"lines": (Posting(account="9999", debit=Decimal(1)),)}, "lines[0].account"),
        ({"lines": (Posting(account="5100", debit=Decimal("0.001")),)}, "lines[0].debit"),
    ],
    ids=["unknown party", "no party", "unknown account", "a tenth of a cent"],
)
def test_a_refusal_names_the_field(documents, change, field):
    with pytest.raises(Refusal) as refusal:
        documents.put(bill(**change))

    assert refusal.value.field == field


def test_a_payment_run_pays_what_is_open_once(documents, payments):
    posted(documents, bill())
    run = PayRun(paid_on=date(2026, 4, 9))

    assert [payments.pay(run), payments.pay(run)] == [1, 0]


def test_a_part_may_be_paid(documents, payments):
    document = posted(documents, bill())
    payments.pay(PayRun(paid_on=date(2026, 4, 9), amount=Decimal("40.00")))

    assert documents.shown(document.id).open == Decimal("60.00")


def test_nothing_committed_is_lost_when_the_file_is_opened_again(office, documents, tmp_path):
    document = posted(documents, bill())
    again = Store(tmp_path / "erp.sqlite", "")
    found = Documents(again, Clock()).shown(document.id)
    again.close()

    assert found == document


def test_a_change_list_says_in_its_body_what_it_does_not_know(office):
    with pytest.raises(Refusal):
        office.routes().answer(Request(method="GET", path="/api/changes/weather"))


def test_its_page_escapes_what_others_wrote(office, documents):
    posted(documents, bill(reference="<script>"))
    page = office.routes().answer(Request(method="GET", path="/")).body

    assert b"&lt;script&gt;" in page
    assert b"<script>" not in page


def invoice(amount: str = "100.00", **changes) -> NewDocument:
    said = {"kind": "invoice", "reference": "I-000001", "origin": "I-000001"}
    return bill(amount, **(said | changes))


def credit_note(amount: str, **changes) -> NewDocument:
    said = {
        "kind": "credit_note",
        "reference": "C-000001",
        "origin": "C-000001",
        "credits": "I-000001",
    }
    return bill(amount, **(said | changes))


def opened(documents: Documents, reference: str) -> Decimal:
    (found,) = documents.search(origin="", reference=reference, kind="")
    return found.open


@pytest.mark.parametrize("order", [1, -1], ids=["invoice first", "credit note first"])
def test_a_credit_note_takes_off_its_invoice_what_it_takes_back(documents, order):
    for one in (invoice(), credit_note("30.00"))[::order]:
        posted(documents, one)

    assert opened(documents, "I-000001") == Decimal("70.00")
    assert opened(documents, "C-000001") == 0


def test_what_was_paid_before_it_was_credited_stays_open_on_the_credit_note(documents, payments):
    posted(documents, invoice())
    payments.pay(PayRun(kind="invoice", amount=Decimal("90.00"), paid_on=date(2026, 3, 11)))

    note = posted(documents, credit_note("30.00"))

    assert (note.number[:3], note.credits) == ("CRN", "I-000001")
    assert opened(documents, "I-000001") == 0
    assert opened(documents, "C-000001") == Decimal("20.00")


@pytest.mark.parametrize(
    "changes",
    [{"credits": ""}, {"currency": "CAD"}],
    ids=["no invoice", "another currency than its invoice"],
)
def test_a_credit_note_that_does_not_fit_its_invoice_is_refused(documents, changes):
    posted(documents, invoice())

    with pytest.raises(Refusal) as refused:
        documents.put(credit_note("30.00", **changes))

    assert refused.value.field == "credits"
