"""A kept message is read again as it was at the door: from its bytes and its receipt alone."""

import json
from datetime import UTC, datetime

import pytest

from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import Source
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.web.api.v1.readers import READERS

MONEY = {"amount": "412.50", "currency": "USD"}
PRO = [{"kind": "pro", "value": "00123"}]
AT = "2026-03-02T09:00:00-06:00"
LINE = {"kind": "linehaul", "money": MONEY}
BILL = {"invoice_number": "I-1", "billed_on": "2026-03-07", "references": PRO} | {
    "total": MONEY,
    "lines": [LINE],
}
BODIES = {
    "api:report-milestones": {
        "milestones": [
            {"references": PRO, "milestone": "delivered", "happened_at": AT},
            {"references": PRO, "milestone": "arrived_delivery", "happened_at": AT},
        ]
    },
    "api:submit-pod": {"references": PRO, "delivered_at": AT, "signer": "Lee", "pieces": 10},
    "api:certify-freight": {"shipment_ref": "S-1", "certificate_ref": "C-1", "certified_at": AT}
    | {"weight_lb": "1210"},
    "api:file-evidence": {"shipment_ref": "S-1", "evidence": "receipt", "charge": "lumper"}
    | {"happened_at": AT, "stop": 2, "money": MONEY},
    "api:publish-prices": {
        "index": "EIA-US",
        "prices": [{"price_on": "2026-03-09", "price": "3.612"}],
    },
    "api:publish-rates": {
        "source": "ECB",
        "rates": [{"base": "EUR", "quote": "USD", "rate_on": "2026-03-09", "rate": "1.0832"}],
    },
    "api:submit-freight-bills": {"carrier_ref": "ABCD", "bills": [BILL]},
    "api:answer-tender": {"carrier_ref": "ABCD", "references": PRO, "answer": "accepted"}
    | {"answered_at": AT},
    "api:confirm-dispatch": {"carrier_ref": "ABCD", "references": PRO, "dispatched_at": AT},
    "api:approve-charge": {"shipment_ref": "S-1", "kind": "lumper", "money": MONEY}
    | {"approved_at": AT, "reason": "receipt seen"},
    "api:close-dispute": {"bill_ref": "B-1", "line": 1, "conceded": MONEY, "closed_at": AT}
    | {"reason": "credit memo"},
    "api:report-payment": {"customer_ref": "GLOBEX", "payment_ref": "P-1", "money": MONEY}
    | {"paid_at": AT},
    "api:cancel-order": {"order_ref": "SO-1", "cancelled_at": AT},
}


def read(channel, body, *, sender="carrier:ABCD", day=2):
    receipt = Receipt(
        message_ref=f"M-{day}", sender=sender, learned_at=datetime(2026, 3, day, tzinfo=UTC)
    )
    return READERS[channel](json.dumps(body).encode(), receipt).facts


def keys(*args, **options):
    return [fact.key for fact in read(*args, **options)]


@pytest.mark.parametrize("channel", BODIES)
def test_the_same_words_on_another_day_are_the_same_facts(channel):
    assert keys(channel, BODIES[channel], day=2) == keys(channel, BODIES[channel], day=9)


@pytest.mark.parametrize("channel", BODIES)
def test_the_order_of_fields_does_not_matter(channel):
    turned = dict(reversed(BODIES[channel].items()))

    assert keys(channel, turned) == keys(channel, BODIES[channel])


def test_a_field_at_its_default_is_as_good_as_absent():
    (bare,) = keys("api:submit-pod", BODIES["api:submit-pod"])
    (told,) = keys("api:submit-pod", BODIES["api:submit-pod"] | {"legible": True, "notes": ""})

    assert bare == told


def test_a_bill_with_another_amount_is_another_bill_with_another_reference():
    higher = BILL | {"total": {"amount": "412.51", "currency": "USD"}}
    (first,) = read("api:submit-freight-bills", {"carrier_ref": "ABCD", "bills": [BILL]})
    (second,) = read("api:submit-freight-bills", {"carrier_ref": "ABCD", "bills": [higher]})

    assert first.key != second.key
    assert first.bill.bill_ref != second.bill.bill_ref


def test_a_payment_number_stands_for_one_payment():
    body = BODIES["api:report-payment"]
    other = body | {"money": {"amount": "1.00", "currency": "USD"}}

    assert keys("api:report-payment", body) == keys("api:report-payment", other)


def test_a_document_of_many_bills_carries_its_own_control_total():
    body = {"carrier_ref": "ABCD", "bills": [BILL, BILL | {"invoice_number": "I-2"}]}
    stated = {"document_total": {"amount": "800.00", "currency": "USD"}}

    facts = read("api:submit-freight-bills", body | stated)

    assert [str(fact.bill.document_total) for fact in facts] == ["800.00 USD"] * 2
    assert [str(fact.bill.document_lines_total) for fact in facts] == ["825.00 USD"] * 2


def test_every_line_knows_where_it_stood():
    (fact,) = read("api:submit-freight-bills", {"carrier_ref": "ABCD", "bills": [BILL]})

    assert fact.lineage.place == "$.bills[0]"
    assert fact.bill.lines[0].place == "$.bills[0].lines[0]"


def test_a_carrier_speaks_as_itself_whatever_it_writes():
    body = {"milestones": [BODIES["api:report-milestones"]["milestones"][0]]}
    body["milestones"][0] |= {"source": "wms", "reported_by": "the warehouse"}

    (fact,) = read("api:report-milestones", body)

    assert (fact.source, fact.reported_by) == (Source.CARRIER, "ABCD")
    assert fact.references == (Reference(ReferenceKind.PRO, "00123", "ABCD"),)


def test_who_approved_is_whose_key_it_is():
    (fact,) = read("api:approve-charge", BODIES["api:approve-charge"], sender="Ann Lee")

    assert fact.approved_by == "Ann Lee"


def test_the_time_of_deciding_is_kept_in_utc():
    (fact,) = read("api:approve-charge", BODIES["api:approve-charge"])

    assert fact.happened_at == datetime(2026, 3, 2, 15, tzinfo=UTC)
