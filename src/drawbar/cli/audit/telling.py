"""An outcome in the words that are given out: lines, what was agreed, events with their places."""

from decimal import Decimal

from drawbar.cli.audit.document import AgreedLine, AuditedBill, AuditedLine, Event, Step
from drawbar.flow.shadow_load import Opened
from drawbar.flow.shadow_outcome import LineOutcome, Outcome
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.instant import zone
from drawbar.freight.money import Money
from drawbar.freight.order import Order
from drawbar.milestones.log import Report

NOTHING = Decimal("0.00")


def told(outcome: Outcome, opened: Opened | None, *, place: str) -> AuditedBill:
    """Return a bill as it is given out. ``opened`` is its load, None where it found none."""
    bill = outcome.bill
    first = next((one.why for one in outcome.agreed if one.why.contract_ref), None)
    load = opened.load if opened else None
    return AuditedBill(
        bill_ref=bill.bill_ref,
        carrier=bill.carrier_ref,
        invoice=bill.invoice_number,
        billed_on=bill.billed_on,
        received_at=outcome.received_at,
        currency=bill.currency,
        shipment=outcome.shipment_ref,
        customer=load.order.customer_ref if load else "",
        lane=lane_of(load.order) if load else "",
        references=tuple(str(one) for one in bill.references),
        place=place,
        decision=outcome.standing.value,
        reason=outcome.why.reason,
        text=outcome.why.text,
        remedy=outcome.why.remedy,
        billed=outcome.billed.amount,
        payable=outcome.payable.amount,
        disputed=(outcome.not_owed + outcome.undecided).amount,
        not_owed=outcome.not_owed.amount,
        undecided=outcome.undecided.amount,
        claimed=outcome.claimed.amount,
        saved=outcome.saved.amount,
        contract_ref=first.contract_ref if first else "",
        contract_version=first.contract_version if first else 0,
        lines=tuple(_line(one) for one in outcome.lines),
        agreed=tuple(_agreed(one, opened) for one in outcome.agreed),
        events=_events(opened) if opened else (),
        log=outcome.log,
    )


def lane_of(order: Order) -> str:
    """Return from where to where a shipment went: "Dallas, TX > Chicago, IL"."""
    return f"{order.pickup.place.label} > {order.delivery.place.label}"


def _line(one: LineOutcome) -> AuditedLine:
    return AuditedLine(
        number=one.number,
        charge=one.kind,
        code=one.code,
        stop=one.stop,
        description=one.text,
        place=one.place,
        billed=one.billed.amount,
        payable=one.payable.amount,
        disputed=one.disputed.amount,
        claimed=_amount(one.claimed),
        decision=one.judgement or ("stopped" if one.why.reason else "payable"),
        reason=one.why.reason,
        is_open=one.why.is_open,
        text=one.why.text or one.said,
        remedy=one.why.remedy,
        steps=one.steps,
        uses={ref: money.amount for ref, money in sorted(one.uses.items())},
    )


def _agreed(one: AgreedCharge, opened: Opened | None) -> AgreedLine:
    charge, why = one.charge, one.why
    return AgreedLine(
        charge_ref=one.charge_ref,
        charge=charge.kind.value,
        stop=charge.stop,
        amount=charge.money.amount,
        currency=charge.money.currency,
        provisional=one.provisional,
        contract_ref=why.contract_ref,
        contract_version=why.contract_version,
        clause=why.clause,
        steps=tuple(Step(text=step.text, result=step.result) for step in why.steps),
        evidence=tuple(_evidence(key, opened) for key in why.facts),
    )


def _evidence(key: str, opened: Opened | None) -> str:
    """Return a fact that a charge rests on in words, with its place."""
    if opened is None:
        return key
    report = next((one for one in opened.load.log.reports if one.key == key), None)
    place = opened.places.get(key, "")
    if report is None:
        return place or key
    what = report.kind.value.replace("_", " ")
    return (
        f"{what} {_clock(report, opened)} by {report.reported_by or report.source.value} ({place})"
    )


def _events(opened: Opened) -> tuple[Event, ...]:
    return tuple(
        Event(
            what=one.kind.value,
            stop=one.stop,
            at=_clock(one, opened),
            by=one.reported_by,
            source=one.source.value,
            place=opened.places.get(one.key, ""),
        )
        for one in opened.load.log.reports
    )


def _clock(report: Report, opened: Opened) -> str:
    """Return the time that the clock at the stop showed, with its zone."""
    if report.local_at is not None:
        return f"{report.local_at:%Y-%m-%d %H:%M}"
    stops = opened.load.order.stops
    at = stops[report.stop - 1] if 0 < report.stop <= len(stops) else None
    local = report.happened_at.astimezone(zone(at.place.zone)) if at else report.happened_at
    return f"{local:%Y-%m-%d %H:%M %Z}"


def _amount(money: Money | None) -> Decimal:
    return money.amount if money is not None else NOTHING
