"""What flat files say in our words: events, orders and bills, by their layouts. Written by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.connectors.flat.manifest import Folders, Settings
from drawbar.connectors.flat.mapping import readers
from drawbar.connectors.flat.record import Record
from drawbar.connectors.flat.writer import write
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import Sense
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.money import Money
from drawbar.freight.order import OrderCancelled, OrderChanged, OrderReleased, StopPurpose
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.tender import Answer
from tests.connectors.flat.layouts import BILLS, ORDERS, STATUS, layout

D = Decimal

SETTINGS = Settings(
    system="oldline",
    party_ref="OLDL",
    folders=Folders(inbox="in", outbox="out", own="own"),
    read={"ST": "status", "BI": "bills", "OR": "orders"},
    described={
        "status": layout(STATUS),
        "bills": layout(BILLS),
        "orders": layout(ORDERS),
    },
    milestones={"X3": K.ARRIVED_PICKUP, "D1": K.DELIVERED},
    charges={"FRT": ChargeKind.LINEHAUL},
    stops={"P": StopPurpose.PICKUP, "D": StopPurpose.DELIVERY},
    purposes={"NEW": "offer", "CHG": "change", "CAN": "cancel"},
    equipment={"dry van": "VAN"},
)
RECEIPT = Receipt(
    message_ref="M-1", sender="oldline", learned_at=datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
)
HEAD = Record(kind="HEAD", values={"sender": "OLDL"})


def told(name, data, settings=SETTINGS):
    return readers(settings)[f"flat:OLDL:{name}"](data, RECEIPT)


def event(load, code, at="202603100855"):
    return Record(kind="EVENT", values={"load": load, "code": code, "at": at, "stop": D(1)})


def status(*events):
    return write([HEAD, *events, Record(kind="END")], SETTINGS.described["status"])


def test_an_event_names_its_load_the_clock_of_its_stop_and_its_place():
    (fact,) = told("status", status(event("S-O-1", "X3"))).facts

    assert (fact.milestone, fact.stop, fact.reported_by) == (K.ARRIVED_PICKUP, 1, "OLDL")
    assert fact.local_at == datetime.fromisoformat("2026-03-10T08:55")
    assert fact.references == (Reference(ReferenceKind.SHIPMENT, "S-O-1"),)
    assert fact.lineage.place == "line 2 EVENT offset 22"


def test_a_zone_of_the_profile_makes_an_instant_of_it():
    there = structs.replace(SETTINGS, zone="America/Chicago")
    (fact,) = told("status", status(event("S-O-1", "X3")), there).facts

    assert fact.happened_at == datetime(2026, 3, 10, 13, 55, tzinfo=UTC)
    assert fact.local_at is None


def test_the_same_event_in_another_file_is_the_same_fact():
    first = told("status", status(event("S-O-1", "X3")))
    second = told("status", status(event("S-O-9", "D1"), event("S-O-1", "X3")))

    assert first.facts[0].key == second.facts[1].key


def test_an_unknown_code_is_a_problem_by_name_and_keeps_no_other_back():
    reading = told("status", status(event("S-O-1", "??"), event("S-O-2", "D1"), event("S-3", "??")))
    (problem,) = reading.problems

    assert [fact.milestone for fact in reading.facts] == [K.DELIVERED]
    assert (problem.kind, problem.table, problem.code) == (
        CaseKind.UNKNOWN_CODE,
        "milestones",
        "??",
    )
    assert problem.cause == "flat:OLDL:status:status:??"
    assert problem.place == "line 2 EVENT.code offset 34"


@pytest.mark.parametrize(
    ("spoil", "cause"),
    [
        (lambda data: data.replace(b"TR00001", b"TR00002"), "count_wrong:END:0"),
        (lambda data: data[: data.rindex(b"TR")], "segment_missing:HEAD:0"),
        (lambda data: data.replace(b"HD", b"H?"), "segment_unknown::0"),
        (lambda data: b"", "no_interchange::0"),
    ],
    ids=["a wrong count", "no trailer", "a head that is none", "nothing"],
)
def test_of_a_file_that_is_not_whole_nothing_counts(spoil, cause):
    reading = told("status", spoil(status(event("S-O-1", "X3"))))

    assert reading.facts == ()
    assert f"flat:OLDL:status:{cause}" in {one.cause for one in reading.problems}


def test_what_is_wrong_in_one_event_keeps_no_other_back():
    data = status(event("S-O-1", "X3"), event("S-O-2", "D1"))
    reading = told("status", data.replace(b"202603100855", b"202602300855", 1))

    assert [str(one) for fact in reading.facts for one in fact.references] == ["SHIPMENT S-O-2"]
    assert [one.cause for one in reading.problems] == ["flat:OLDL:status:date_bad::3"]


def test_the_profile_says_what_a_finding_weighs():
    lenient = structs.replace(SETTINGS, findings={"count_wrong": "accept"})
    data = status(event("S-O-1", "X3")).replace(b"TR00001", b"TR00002")

    assert len(told("status", data, lenient).facts) == 1


BILL = (
    b"H;4711;10.03.2026;S-O-1;95,00;USD\n"
    b"L;FRT;100,00;Line haul\n"
    b"L;DSC;-5,00;Discount\n"
    b"H;4712;11.03.2026;S-O-2;1,00;USD\n"
    b"L;FRT;1,00;x\n"
)


def test_a_bill_is_a_head_with_its_lines_and_an_unknown_charge_waits_on_its_line():
    reading = told("bills", BILL)
    bill = reading.facts[0].bill

    assert (bill.invoice_number, bill.billed_on, bill.currency) == (
        "4711",
        date(2026, 3, 10),
        "USD",
    )
    assert bill.total == Money(D("95.00"), "USD") == bill.document_lines_total
    assert [(one.kind, one.sense, one.money.amount) for one in bill.lines] == [
        (ChargeKind.LINEHAUL, Sense.UNDERSTOOD, D("100.00")),
        (ChargeKind.OTHER, Sense.UNKNOWN, D("-5.00")),
    ]
    assert bill.lines[1].place == "line 3 LINE.amount offset 63"
    assert [one.code for one in reading.problems] == ["DSC"]
    assert len(reading.facts) == 2


@pytest.mark.parametrize(
    ("bad", "cause"),
    [
        (BILL.replace(b"95,00;USD", b"95,00;"), "currency:empty"),
        (BILL.replace(b"95,00;USD", b"95,00;usd"), "currency:form"),
        (BILL.replace(b"95,00", b""), "total:empty"),
        (BILL.replace(b";100,00", b";1e2"), "number_bad::2"),
        (BILL.replace(b"L;FRT;100,00;Line haul\nL;DSC;-5,00;Discount\n", b""), "invoice:lines"),
        (BILL.replace(b"10.03.2026", b""), "dated:empty"),
    ],
    ids=["no currency", "no such currency", "no total", "no amount", "no lines", "no date"],
)
def test_a_bill_that_cannot_be_read_as_a_whole_is_not_taken_and_the_other_is(bad, cause):
    reading = told("bills", bad)

    assert [fact.bill.invoice_number for fact in reading.facts] == ["4712"]
    assert f"flat:OLDL:bills:{cause}" in {one.cause for one in reading.problems}


def test_the_same_bill_in_another_file_is_another_bill():
    assert told("bills", BILL).facts[0].key != told("bills", BILL + b"\n").facts[0].key


def order(action="NEW", trailer="VAN", **stop):
    at = {"from": "202603120800", "to": "202603121600"}
    pickup = {"kind": "P", "name": "Mill", "city": "Dallas", "state": "TX", "zip": "75201", **at}
    delivery = {**pickup, "kind": "D", "city": "Ames", "state": "IA", "zip": "50010", **stop}
    return write(
        [
            Record(kind="ORDER", values={"number": "O-1", "action": action, "trailer": trailer}),
            Record(kind="STOP", values=pickup),
            Record(kind="STOP", values=delivery),
            Record(kind="ITEM", values={"sku": "A", "pieces": D(2), "weight": D(100)}),
        ],
        SETTINGS.described["orders"],
    )


def test_an_order_has_its_stops_in_the_zones_of_their_addresses_and_its_goods():
    (fact,) = told("orders", order()).facts

    assert isinstance(fact, OrderReleased)
    assert (fact.order.order_ref, fact.order.customer_ref) == ("O-1", "OLDL")
    assert [one.place.label for one in fact.order.stops] == ["Dallas, TX", "Ames, IA"]
    assert fact.order.pickup.earliest_at == datetime(2026, 3, 12, 13, 0, tzinfo=UTC)
    assert (fact.order.pieces, fact.order.weight_lb) == (2, D("220.46"))
    assert fact.order.equipment == "dry van"


def test_an_order_is_cancelled_and_a_change_needs_its_revision():
    (cancelled,) = told("orders", order("CAN")).facts
    changed = told("orders", order("CHG"))
    counted = structs.replace(SETTINGS.described["orders"], constants={"revision": "2"})
    numbered = structs.replace(SETTINGS, described={**SETTINGS.described, "orders": counted})

    assert isinstance(cancelled, OrderCancelled)
    assert [one.cause for one in changed.problems] == ["flat:OLDL:orders:revision:revision"]
    assert isinstance(told("orders", order("CHG"), numbered).facts[0], OrderChanged)


@pytest.mark.parametrize(
    ("bad", "cause"),
    [
        ({"trailer": "SHIP"}, "trailer:SHIP"),
        ({"action": "???"}, "purpose:???"),
        ({"kind": "Z"}, "stop reason:Z"),
        ({"state": "ZZ"}, "state:zone"),
        ({"to": "202603120700"}, "earliest:window"),
        ({"from": "202603080230", "state": "TX", "zip": "75201"}, "earliest:time"),
        ({"kind": "P"}, "ValueError"),
    ],
    ids=[
        "an unknown trailer",
        "an unknown purpose",
        "an unknown kind of stop",
        "no zone",
        "a window that ends before it begins",
        "an hour that the clocks skipped",
        "no delivery",
    ],
)
def test_what_an_order_lacks_is_a_problem_by_its_name(bad, cause):
    reading = told("orders", order(**bad))

    assert reading.facts == ()
    assert [one.cause for one in reading.problems] == [f"flat:OLDL:orders:{cause}"]


def test_a_file_whose_name_says_no_layout_is_one_problem():
    assert SETTINGS.layout_of("st-20260310.txt") == "status"
    assert SETTINGS.layout_of("whatever.txt") == "other"
    assert [one.cause for one in told("other", b"x").problems] == ["flat:OLDL:other:name"]


@given(st.sampled_from(["status", "bills", "orders"]), st.integers(0, 700), st.binary(max_size=6))
def test_whatever_is_spoilt_is_read_or_named(name, at, spoilt):
    whole = {"status": status(event("S-O-1", "X3")), "bills": BILL, "orders": order()}[name]
    reading = told(name, whole[:at] + spoilt + whole[at + len(spoilt) :])

    assert all(one.text and one.remedy and one.place for one in reading.problems)


SAYINGS = """
form: delimited
heading: true
records:
  - name: ROW
    fields:
      - {name: load}
      - {name: said}
      - {name: when, kind: time, forms: ["%Y-%m-%d", "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M"]}
      - {name: pieces, kind: number}
"""
ANSWERS = """
means: answers
parts: {answer: {record: ROW, fields: {tender: load, answer: said, at: when}}}
"""
PODS = """
means: pods
parts:
  proof: {record: ROW, fields: {shipment: load, signed_by: said, signed_on: when, pieces: pieces}}
"""


def saying(means, *rows):
    known = {"rows": layout(SAYINGS + means)}
    profile = structs.replace(
        SETTINGS, read={"R": "rows"}, described=known, answers={"Y": Answer.ACCEPTED}
    )
    return told("rows", "\n".join(("load,said,when,pieces", *rows, "")).encode(), profile)


def test_a_table_with_a_heading_answers_a_tender():
    (fact,) = saying(ANSWERS, "S-O-1-V1T1,Y,2026-03-09T12:00-05:00,").facts

    assert (fact.answer, fact.carrier_ref) == (Answer.ACCEPTED, "OLDL")
    assert fact.references == (Reference(ReferenceKind.TENDER, "S-O-1-V1T1"),)
    assert fact.happened_at == datetime(2026, 3, 9, 17, 0, tzinfo=UTC)
    assert fact.lineage.place == "line 2 ROW offset 22"


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("S-O-1-V1T1,?,2026-03-09T12:00-05:00,", "answer:?"),
        ("S-O-1-V1T1,Y,2026-03-09T12:00,", "at:zone"),
        (",Y,2026-03-09T12:00-05:00,", "shipment:no_name"),
    ],
    ids=["an unknown word", "no zone", "no load"],
)
def test_an_answer_that_leaves_a_doubt_is_a_problem(row, cause):
    assert [one.cause for one in saying(ANSWERS, row).problems] == [f"flat:OLDL:rows:{cause}"]


def test_a_table_tells_what_was_signed():
    (fact,) = saying(PODS, "S-O-1,J. Doe,2026-03-11,24").facts

    assert (fact.signer, fact.signed_on, fact.pieces) == ("J. Doe", date(2026, 3, 11), 24)


AMOUNTS = st.lists(st.decimals(-99999, 99999, places=2), min_size=1, max_size=8)


@given(st.lists(AMOUNTS, min_size=1, max_size=4))
def test_no_cent_is_lost_or_made_between_the_file_and_the_bill(bills):
    records = []
    for number, amounts in enumerate(bills):
        head = {"number": f"{number}", "dated": "10.03.2026", "total": sum(amounts)}
        records.append(Record(kind="BILL", values={**head, "currency": "USD"}))
        records += [
            Record(kind="LINE", values={"code": "FRT", "amount": amount}) for amount in amounts
        ]
    reading = told("bills", write(records, SETTINGS.described["bills"]))
    taken = [[line.money.amount for line in fact.bill.lines] for fact in reading.facts]

    assert taken == bills
    assert [fact.bill.total.amount for fact in reading.facts] == [sum(one) for one in bills]
    assert reading.problems == ()
