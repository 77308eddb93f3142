"""When the truck was due, came and left. Appointment 14:00 in Chicago, 12 March 2026."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from drawbar.freight.milestone import MilestoneKind as K
from drawbar.freight.milestone import Source
from drawbar.freight.order import Stop, StopPurpose
from drawbar.freight.place import Place
from drawbar.freight.visit import Visit
from drawbar.milestones.account import Account, effective
from drawbar.milestones.log import Log, Report
from drawbar.milestones.visits import visits

CENTRAL = ZoneInfo("America/Chicago")
CHICAGO = Place(name="Globex", zone="America/Chicago")


def local(hour: int, minute: int = 0, *, day: int = 12) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=CENTRAL).astimezone(UTC)


PICKUP = Stop(
    number=1,
    purpose=StopPurpose.PICKUP,
    place=CHICAGO,
    earliest_at=local(8, day=11),
    latest_at=local(16, day=11),
)
DELIVERY = Stop(
    number=2,
    purpose=StopPurpose.DELIVERY,
    place=CHICAGO,
    earliest_at=local(13),
    latest_at=local(17),
    appointment_at=local(14),
)
OPEN_DOCK = structs.replace(DELIVERY, appointment_at=None)


def report(kind: K, at: datetime, source: Source = Source.CARRIER, key: str = "") -> Report:
    return Report(
        key=key or f"{kind}-{source}-{at:%H%M}",
        kind=kind,
        happened_at=at,
        learned_at=at,
        source=source,
    )


def told(*reports: Report, delivery: Stop = DELIVERY) -> Account:
    ordered = sorted(reports, key=lambda one: (one.happened_at, one.key))
    return effective(Log(reports=tuple(ordered)), stops=(PICKUP, delivery))


def visit(*reports: Report, delivery: Stop = DELIVERY) -> Visit:
    account = told(*reports, delivery=delivery)
    return visits(account, stops=(PICKUP, delivery))[1]


def dwell(of: Visit) -> timedelta:
    assert of.arrived_at is not None
    assert of.departed_at is not None
    return of.departed_at - of.arrived_at


def test_e01_reports_out_of_order_give_a_dwell_of_95_minutes():
    after = visit(
        report(K.DELIVERED, local(15, 40)),
        report(K.ARRIVED_DELIVERY, local(14, 5)),
        report(K.DEPARTED_PICKUP, local(10, day=11)),
    )

    assert dwell(after) == timedelta(minutes=95)
    assert after.due_at == local(14)
    assert after.facts == ("arrived_delivery-carrier-1905", "delivered-carrier-2040")


def test_every_stop_has_a_visit_and_what_nobody_reported_is_unknown():
    before = visits(told(), stops=(PICKUP, DELIVERY))

    assert [one.stop for one in before] == [1, 2]
    assert [(one.arrived_at, one.departed_at, one.facts) for one in before] == [
        (None, None, ())
    ] * 2


def test_a_reported_departure_counts_before_the_end_of_unloading():
    after = visit(
        report(K.ARRIVED_DELIVERY, local(14)),
        report(K.DELIVERED, local(15)),
        report(K.DEPARTED_DELIVERY, local(16)),
    )

    assert after.departed_at == local(16)


def test_loading_is_not_leaving():
    account = told(report(K.ARRIVED_PICKUP, local(9)), report(K.LOADED, local(11)))

    assert visits(account, stops=(PICKUP, DELIVERY))[0].departed_at is None


def test_waiting_over_the_change_to_summer_time_is_as_long_as_it_took():
    after = visit(
        report(K.ARRIVED_DELIVERY, local(1, 30, day=8)), report(K.DELIVERED, local(3, 30, day=8))
    )

    assert dwell(after) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("arrived", "due"),
    [(local(12), local(13)), (local(15), local(15)), (local(17, 1), local(17))],
    ids=["before it opens", "while it is open", "after it closed"],
)
def test_without_an_appointment_a_truck_is_due_any_time_in_the_window(arrived, due):
    assert visit(report(K.ARRIVED_DELIVERY, arrived), delivery=OPEN_DOCK).due_at == due


@pytest.mark.parametrize("source", Source)
def test_an_appointment_that_the_order_lacks_is_whatever_was_reported(source):
    booked = report(K.DELIVERY_APPOINTMENT, local(16), source, key="ab")

    after = visit(booked, delivery=OPEN_DOCK)

    assert (after.due_at, after.facts) == (local(16), ("ab",))


@pytest.mark.parametrize("source", [Source.WMS, Source.MANUAL])
def test_the_dock_and_our_desk_may_move_the_orders_appointment(source):
    assert visit(report(K.DELIVERY_APPOINTMENT, local(16), source)).due_at == local(16)


def test_a_carrier_cannot_move_the_orders_appointment_but_a_person_is_asked():
    claimed = report(K.DELIVERY_APPOINTMENT, local(16), key="ab")

    assert visit(claimed).due_at == local(14)
    (conflict,) = told(claimed).conflicts
    assert (conflict.stop, conflict.kind, conflict.keys) == (2, K.DELIVERY_APPOINTMENT, ("ab",))


def test_a_carrier_that_confirms_the_appointment_is_no_conflict():
    assert told(report(K.DELIVERY_APPOINTMENT, local(14, 30))).conflicts == ()
    assert len(told(report(K.DELIVERY_APPOINTMENT, local(14, 31))).conflicts) == 1


def test_of_several_appointments_by_one_side_the_latest_hour_holds():
    first = report(K.DELIVERY_APPOINTMENT, local(10), Source.WMS)
    moved = report(K.DELIVERY_APPOINTMENT, local(15), Source.WMS)

    assert visit(moved, first).due_at == local(15)


def test_a_corrected_appointment_may_be_earlier():
    first = report(K.DELIVERY_APPOINTMENT, local(15), Source.WMS, key="first")
    moved = structs.replace(report(K.DELIVERY_APPOINTMENT, local(10), Source.WMS), corrects="first")

    assert visit(first, moved).due_at == local(10)


def test_the_days_between_an_attempt_and_the_redelivery_are_not_waiting():
    after = visit(
        report(K.ARRIVED_DELIVERY, local(14)),
        report(K.ATTEMPTED, local(14, 30)),
        report(K.ARRIVED_DELIVERY, local(9, day=13)),
        report(K.DELIVERED, local(10, day=13)),
    )

    assert dwell(after) == timedelta(hours=1)
