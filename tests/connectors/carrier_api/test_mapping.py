"""What a carrier's feed says, and how it reads our offer. Written by hand, both ways."""

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from drawbar.connectors.carrier_api.manifest import Settings
from drawbar.connectors.carrier_api.mapping import readers
from drawbar.connectors.carrier_api.notice import notice
from drawbar.connectors.carrier_api.tender import tender
from drawbar.connectors.line import LineSettings
from drawbar.connectors.port import Sending
from drawbar.connectors.unsayable import Unsayable
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.delivery import RefuseBill, ReleaseStock, TenderLoad, TenderPurpose
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.money import Money
from drawbar.freight.order import Goods, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.freight.tender import Answer

LINE = LineSettings(address="http://carrier.example")
SETTINGS = Settings(system="northlake", line=LINE, party_ref="NRTH")
RECEIPT = Receipt(
    message_ref="M-1", sender="northlake", learned_at=datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
)
EVENT = {
    "id": "EV-1",
    "seq": 17,
    "occurred_at": "2026-03-10T08:55:00-05:00",
    "tender_id": "S-O-1-V1T1",
    "shipment_id": "S-O-1",
}
INVOICE = {
    "number": "19267",
    "date": "2026-03-20",
    "currency": "USD",
    "total": "2062.50",
    "lines": [
        {"code": "LINEHAUL", "amount": "1650.00"},
        {"code": "FUEL", "amount": "412.50", "description": "fuel"},
    ],
}
NAMES = (
    Reference(ReferenceKind.TENDER, "S-O-1-V1T1"),
    Reference(ReferenceKind.SHIPMENT, "S-O-1"),
)


def heard(settings: Settings = SETTINGS, **event):
    return readers(settings)["api:NRTH"](msgspec.json.encode(EVENT | event), RECEIPT)


def fact(**event):
    reading = heard(**event)
    assert reading.problems == ()
    return reading.facts[0]


def cause(**event) -> str:
    reading = heard(**event)
    assert reading.facts == ()
    return reading.problems[0].cause


def test_an_acceptance_brings_the_pro():
    answer = fact(type="tender.accepted", pro="N-77")

    assert (answer.answer, answer.pro, answer.carrier_ref) == (Answer.ACCEPTED, "N-77", "NRTH")
    assert answer.references == (*NAMES, Reference(ReferenceKind.PRO, "N-77", "NRTH"))
    assert answer.key == "api:NRTH:EV-1"


def test_a_decline_brings_its_reason():
    answer = fact(type="tender.declined", reason="no truck")

    assert (answer.answer, answer.reason) == (Answer.DECLINED, "no truck")


def test_a_tracking_event_is_a_milestone_at_its_stop():
    milestone = fact(type="tracking", status="arrived_at_pickup", stop=1)

    assert milestone.milestone is MilestoneKind.ARRIVED_PICKUP
    assert milestone.happened_at == datetime(2026, 3, 10, 13, 55, tzinfo=UTC)
    assert (milestone.stop, milestone.local_at) == (1, None)


def test_a_time_without_an_offset_is_the_stops():
    milestone = fact(type="tracking", status="delivered", occurred_at="2026-03-10T08:55:00")

    assert milestone.local_at == datetime(2026, 3, 10, 8, 55)  # noqa: DTZ001


def test_a_proof_of_delivery_says_what_was_signed_for_and_no_more():
    pod = fact(type="pod", pod={"signed_by": "J. DOE", "pieces": 22})

    assert (pod.signer, pod.pieces, pod.signed_on, pod.document) == ("J. DOE", 22, None, "")


def test_a_bill_has_its_lines_with_their_place():
    bill = fact(type="invoice", invoice=INVOICE).bill

    assert [(line.kind, line.money.amount, line.place) for line in bill.lines] == [
        (ChargeKind.LINEHAUL, Decimal("1650.00"), "$.invoice.lines[0]"),
        (ChargeKind.FUEL_SURCHARGE, Decimal("412.50"), "$.invoice.lines[1]"),
    ]
    assert bill.total == Money(Decimal("2062.50"), "USD")
    assert bill.billed_on == date(2026, 3, 20)
    assert bill.references[-1] == Reference(ReferenceKind.CARRIER_INVOICE, "19267", "NRTH")


def test_a_bill_may_name_its_load_by_names_of_ours():
    named = {"po": "PO-7", "bol": "B-77", "order": "O-1", "seal": "X"}
    bill = fact(type="invoice", invoice=INVOICE, references=named).bill

    assert bill.references[2:5] == (
        Reference(ReferenceKind.PO, "PO-7"),
        Reference(ReferenceKind.BOL, "B-77"),
        Reference(ReferenceKind.ORDER, "O-1"),
    )


def test_a_bill_that_names_no_load_is_still_a_bill():
    bill = fact(type="invoice", invoice=INVOICE, tender_id="", shipment_id="").bill

    assert [one.kind for one in bill.references] == [ReferenceKind.CARRIER_INVOICE]


def test_the_same_event_makes_the_same_bill_again():
    first, second = (fact(type="invoice", invoice=INVOICE) for _ in range(2))

    assert first.bill.bill_ref == second.bill.bill_ref
    assert fact(type="invoice", invoice=INVOICE, id="EV-2").bill.bill_ref != first.bill.bill_ref


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"type": "tracking", "status": "lost"}, "api:NRTH:status:lost"),
        ({"type": "party"}, "api:NRTH:type:party"),
        (
            {"type": "invoice", "invoice": INVOICE | {"lines": [{"code": "Q", "amount": "1"}]}},
            "api:NRTH:charge:Q",
        ),
    ],
    ids=["a status", "a kind of event", "a charge"],
)
def test_an_unknown_code_is_one_mapping_entry_away(event, expected):
    (problem,) = heard(**event).problems

    assert problem.cause == expected
    assert problem.kind is CaseKind.UNKNOWN_CODE


def test_the_entry_replays_it_under_the_same_key():
    mapped = Settings(
        system="northlake",
        line=LINE,
        party_ref="NRTH",
        milestones={"lost": MilestoneKind.DELAYED},
    )
    (milestone,) = heard(mapped, type="tracking", status="lost").facts

    assert (milestone.milestone, milestone.key) == (MilestoneKind.DELAYED, "api:NRTH:EV-1")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"type": "invoice", "invoice": INVOICE | {"total": "NaN"}}, "api:NRTH:invoice:amount"),
        (
            {"type": "invoice", "invoice": INVOICE | {"currency": "dollars"}},
            "api:NRTH:event:$.invoice.currency",
        ),
        ({"type": "tracking", "occurred_at": "soon"}, "api:NRTH:event:$.occurred_at"),
        (
            {"type": "tracking", "status": "delivered", "tender_id": "", "shipment_id": ""},
            "no_name",
        ),
    ],
    ids=["no amount", "no currency", "no time", "no load"],
)
def test_what_cannot_be_true_is_a_problem(event, expected):
    assert expected in cause(**event)


def test_an_invoice_without_a_currency_is_refused_by_name():
    invoice = {key: INVOICE[key] for key in INVOICE if key != "currency"}

    assert "currency" in heard(type="invoice", invoice=invoice).problems[0].text


DOCK = Place(name="Dock", city="Dallas", region="TX", zone="America/Chicago")
OPENS = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
LOAD = TenderLoad(
    tender_ref="S-O-1-V1T1",
    shipment_ref="S-O-1",
    version=1,
    purpose=TenderPurpose.OFFER,
    carrier_ref="NRTH",
    references=(Reference(ReferenceKind.PO, "PO-9"), Reference(ReferenceKind.SHIPMENT, "S-O-1")),
    stops=(
        Stop(
            number=1,
            purpose=StopPurpose.PICKUP,
            place=DOCK,
            earliest_at=OPENS,
            latest_at=datetime(2026, 3, 10, 18, 0, tzinfo=UTC),
        ),
    ),
    goods=(Goods(sku="PALLET", pieces=24, weight_lb=Decimal("18000.5")),),
    equipment="reefer",
    pay=Money(Decimal("2062.50"), "USD"),
)


def sending(payload) -> Sending:
    stream = StreamKey(StreamKind.SHIPMENT, "S-O-1")
    return Sending(number=1, business_key="S-O-1-V1T1:offer", stream=stream, payload=payload)


def test_an_offer_reads_like_this():
    assert msgspec.json.decode(msgspec.json.encode(tender(sending(LOAD), SETTINGS))) == {
        "reference": "S-O-1-V1T1:offer",
        "tender_id": "S-O-1-V1T1",
        "action": "offer",
        "shipment_id": "S-O-1",
        "references": {"po": "PO-9"},
        "stops": [
            {
                "sequence": 1,
                "kind": "pickup",
                "name": "Dock",
                "street": "",
                "city": "Dallas",
                "state": "TX",
                "zip": "",
                "opens": "2026-03-10T14:00:00Z",
                "closes": "2026-03-10T18:00:00Z",
            }
        ],
        "pieces": 24,
        "weight_lb": "18000.5",
        "equipment": "REEFER",
        "rate": "2062.50",
        "currency": "USD",
        "note": "",
    }


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        (msgspec.structs.replace(LOAD, equipment="submarine"), "equipment"),
        (ReleaseStock(order_ref="O-1"), ""),
    ],
    ids=["a trailer without a word", "nothing for a carrier"],
)
def test_what_cannot_be_told_is_refused_by_field(payload, field):
    with pytest.raises(Unsayable) as refusal:
        tender(sending(payload), SETTINGS)

    assert refusal.value.field == field


REFUSED = RefuseBill(
    bill_ref="B-1",
    carrier_ref="NRTH",
    invoice_number="19267",
    reason="NO_EVENT",
    text="Nobody waited.",
    refused=Money(Decimal("168.75"), "USD"),
)


def test_a_bill_that_we_do_not_pay_reads_like_this():
    said = msgspec.json.decode(msgspec.json.encode(notice(REFUSED, "refuse:B-1", SETTINGS)))

    assert said == {
        "reference": "refuse:B-1",
        "carrier": "NRTH",
        "invoice": "19267",
        "about": "B-1",
        "reason": "NO_EVENT",
        "text": "Nobody waited.",
        "refused": "168.75",
        "currency": "USD",
    }


def test_a_question_about_a_bill_refuses_no_money():
    asked = notice(msgspec.structs.replace(REFUSED, refused=None), "refuse:B-1", SETTINGS)

    assert (asked.refused, asked.currency) == (None, "")
