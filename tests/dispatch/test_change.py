"""Whether a carrier must agree again to a changed order, and what it is told."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.dispatch.change import Difference, Immaterial, Material, OldRevision, compare
from drawbar.freight.money import Money
from drawbar.freight.order import Goods, Order, Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.reference import Reference, ReferenceKind

TWO_PM = datetime(2026, 3, 12, 19, 0, tzinfo=UTC)  # 14:00 in Chicago
HOUR = timedelta(hours=1)
DALLAS = Place(name="Acme", street="1 Main St", city="Dallas", region="TX", zone="America/Chicago")
TULSA = Place(name="Globex", street="2 Elm St", city="Tulsa", region="OK", zone="America/Chicago")
PICKUP = Stop(
    number=1,
    purpose=StopPurpose.PICKUP,
    place=DALLAS,
    earliest_at=TWO_PM - 24 * HOUR,
    latest_at=TWO_PM - 20 * HOUR,
)
DELIVERY = Stop(
    number=2, purpose=StopPurpose.DELIVERY, place=TULSA, earliest_at=TWO_PM, latest_at=TWO_PM + HOUR
)
OLD = Order(
    order_ref="1001",
    customer_ref="GLOBEX",
    stops=(PICKUP, DELIVERY),
    goods=(Goods(sku="A", pieces=10, weight_lb=Decimal(1000)), Goods(sku="B", pieces=5)),
)


def revised(**changes: object) -> Order:
    return structs.replace(OLD, revision=2, **changes)


def with_delivery(**changes: object) -> Order:
    return revised(stops=(PICKUP, structs.replace(DELIVERY, **changes)))


def differences(new: Order) -> tuple[str, ...]:
    outcome = compare(OLD, new)
    assert isinstance(outcome, Material)
    return outcome.differences


def test_o02_an_internal_note_is_not_material():
    outcome = compare(OLD, revised(note="call Bob"))

    assert outcome == Immaterial(differences=("note",))


def test_a_new_window_is_told_on_the_clock_of_the_stop():
    later = with_delivery(earliest_at=TWO_PM + 2 * HOUR, latest_at=TWO_PM + 3 * HOUR)

    assert differences(later) == (
        "window of delivery at stop 2: 2026-03-12 14:00 to 2026-03-12 15:00"
        " -> 2026-03-12 16:00 to 2026-03-12 17:00",
    )


@pytest.mark.parametrize(
    ("field", "shift"),
    [("earliest_at", -1), ("earliest_at", 1), ("latest_at", 1), ("appointment_at", 0)],
)
def test_any_change_of_time_is_material(field, shift):
    assert differences(with_delivery(**{field: TWO_PM + timedelta(minutes=shift)}))


def test_an_appointment_that_falls_away_is_material():
    booked = structs.replace(OLD, stops=(PICKUP, structs.replace(DELIVERY, appointment_at=TWO_PM)))

    outcome = compare(booked, revised())

    fell_away = Difference("appointment of delivery at stop 2", "2026-03-12 14:00", "none")
    assert outcome == Material(material=(fell_away,))
    assert outcome.differences == ("appointment of delivery at stop 2: 2026-03-12 14:00 -> none",)


def test_another_place_is_material():
    elsewhere = structs.replace(TULSA, street="3 Oak St")

    assert differences(with_delivery(place=elsewhere)) == (
        "place of delivery at stop 2: Globex, 2 Elm St, Tulsa, OK, US"
        " -> Globex, 3 Oak St, Tulsa, OK, US",
    )


def test_another_spelling_of_the_same_place_is_not_material():
    shouted = structs.replace(TULSA, name="GLOBEX", street="2  ELM ST ")

    assert compare(OLD, with_delivery(place=shouted)) == Immaterial(differences=())


def test_another_stop_is_material():
    three = (
        PICKUP,
        structs.replace(DELIVERY, place=DALLAS),
        structs.replace(DELIVERY, number=3),
    )

    assert differences(revised(stops=three)) == (
        "stops: pickup Dallas, TX, delivery Tulsa, OK"
        " -> pickup Dallas, TX, delivery Dallas, TX, delivery Tulsa, OK",
    )


def test_more_pieces_weight_or_goods_are_material():
    more = (
        Goods(sku="A", pieces=12, weight_lb=Decimal("1200.5")),
        Goods(sku="C", pieces=1),
    )

    assert differences(revised(goods=more)) == (
        "pieces of A: 10 -> 12",
        "weight of A: 1,000 lb -> 1,200.5 lb",
        "pieces of B: 5 -> 0",
        "pieces of C: 0 -> 1",
    )


def test_the_same_goods_in_another_order_or_in_more_lines_are_not_material():
    same = (
        Goods(sku="B", pieces=5),
        Goods(sku="A", pieces=4, weight_lb=Decimal(400)),
        Goods(sku="A", pieces=6, weight_lb=Decimal("600.0")),
    )

    assert compare(OLD, revised(goods=same)) == Immaterial(differences=())


@pytest.mark.parametrize("field", ["equipment", "service", "handling"])
def test_equipment_service_and_handling_are_material(field):
    (difference,) = differences(revised(**{field: "reefer"}))

    assert difference.startswith(f"{field}: ")
    assert difference.endswith(" -> reefer")


@pytest.mark.parametrize(
    "changes",
    [
        {"references": (Reference(ReferenceKind.PO, "9"),)},
        {"customer_ref": "INITECH"},
        {"equipment": "Dry  Van"},
        {
            "goods": (
                structs.replace(OLD.goods[0], unit_value=Money(Decimal(145), "USD")),
                structs.replace(OLD.goods[1], description="bolts"),
            )
        },
    ],
    ids=["reference", "who pays", "spelling", "value and description"],
)
def test_what_the_truck_does_not_notice_is_not_material(changes):
    assert isinstance(compare(OLD, revised(**changes)), Immaterial)


def test_a_note_beside_a_material_change_is_told_too():
    assert differences(revised(note="call Bob", equipment="reefer")) == (
        "equipment: dry van -> reefer",
        "note",
    )


@pytest.mark.parametrize("revision", [1, 0], ids=["equal", "older"])
def test_a_revision_that_is_not_newer_changes_nothing(revision):
    outcome = compare(OLD, structs.replace(OLD, revision=revision, equipment="reefer"))

    assert outcome == OldRevision(text=f"revision {revision} of order 1001 came after 1")


@given(st.permutations(range(4)))
def test_revisions_in_any_order_end_with_the_newest(order):
    known = structs.replace(OLD, revision=0)
    for number in order:
        new = structs.replace(OLD, revision=number + 1, note=str(number))
        if not isinstance(compare(known, new), OldRevision):
            known = new

    assert known.note == "3"
