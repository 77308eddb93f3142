"""Bills with a line too many, or a bill too many: nothing of it was agreed."""

from collections.abc import Mapping
from datetime import timedelta

from msgspec import structs

from drawbar.freight.charge import ChargeKind as C
from drawbar.world.plan.bill import (
    HOUR,
    LEAST_EXCESS,
    Bill,
    Case,
    Line,
    Recipe,
    extra,
    honest,
    unpaid,
    with_cents,
    with_line,
)
from drawbar.world.plan.kind import Kind
from drawbar.world.plan.owed import percent_of

CLEAN = Kind.CLEAN.value
DAY = timedelta(days=1)
ADDED: Mapping[Kind, tuple[C, str, int]] = {
    Kind.LIFTGATE_NOT_ORDERED: (C.LIFTGATE, "LIFTGATE", 0),
    Kind.LAYOVER_WITHOUT_EVENT: (C.LAYOVER, "LAYOVER ONE NIGHT", 0),
    Kind.PHANTOM_STOP_OFF: (C.STOP_OFF, "EXTRA STOP", 0),
    Kind.LUMPER_WITHOUT_APPROVAL: (C.LUMPER, "LUMPER", 0),
    Kind.STORAGE_NOT_AGREED: (C.STORAGE, "STORAGE 2 DAYS", 0),
    Kind.REDELIVERY_OWN_FAULT: (C.REDELIVERY, "REDELIVERY", 0),
    Kind.REWEIGH_WITHOUT_CERTIFICATE: (C.OTHER, "REWEIGH", 8_800),
}
"""Lines that are simply added: what for, its text, its cents, or 0 for what the tariff asks."""


def added(kind: Kind) -> Recipe:
    """Return the recipe of an honest bill with one line too many."""
    what, text, cents = ADDED[kind]

    def recipe(case: Case) -> tuple[Bill, ...]:
        asked = cents or case.habit.extras[what.value]
        return (with_line(honest(case), extra(what, asked, text)),)

    return recipe


def tax_added(case: Case) -> tuple[Bill, ...]:
    """Add sales tax of 6.25 %."""
    bill = honest(case)
    tax = (bill.cents * 625 + 5_000) // 10_000
    return (with_line(bill, extra(C.TAX, tax, "STATE SALES TAX")),)


def unknown_charge_code(case: Case) -> tuple[Bill, ...]:
    """Add a line whose code stands in no table."""
    cents = case.dice.between(40, 90) * 100
    line = extra(C.OTHER, cents, "ADMIN FEE", code="ZZ9")
    return (with_line(honest(case), line),)


def line_twice(case: Case) -> tuple[Bill, ...]:
    """Write the fuel line twice."""
    bill = honest(case)
    return (with_line(bill, structs.replace(bill.lines[1], payable=0)),)


def split_line(case: Case) -> tuple[Bill, ...]:
    """Write the linehaul in two lines of 60 % each."""
    bill, part = honest(case), case.linehaul * 60 // 100
    one = structs.replace(bill.lines[0], cents=part, payable=part)
    other = structs.replace(one, payable=case.linehaul - part, text="LINEHAUL PART 2")
    return (structs.replace(bill, lines=(one, other, *bill.lines[1:])),)


def guessed_wait(case: Case) -> tuple[Bill, ...]:
    """Bill waiting of which there was none."""
    rate = case.habit.detention
    times = max(case.dice.between(3, 6), -(-2 * LEAST_EXCESS // rate.cents))
    return (with_line(honest(case), extra(C.DETENTION, times * rate.cents, "DETENTION")),)


def late_wait(case: Case) -> tuple[Bill, ...]:
    """Bill the waiting that a late truck did."""
    last, rate = case.journey.visits[-1], case.habit.detention
    over = (last.departed_at - last.arrived_at) // timedelta(minutes=1) - rate.free
    times = max(-(-over // rate.increment), -(-LEAST_EXCESS // rate.cents), 1)
    return (with_line(honest(case), extra(C.DETENTION, times * rate.cents, "DETENTION")),)


def duplicate(*, number: str, remit_to: str = "") -> Recipe:
    """Return the recipe of a bill and its repetition; ``number`` is what is put to its number."""

    def recipe(case: Case) -> tuple[Bill, ...]:
        bill = structs.replace(honest(case), kind=CLEAN)
        again = structs.replace(
            unpaid(bill),
            kind="",
            tag="again",
            number=f"{bill.number}{number}",
            remit_to=remit_to,
            after=case.settled + case.dice.between(12, 48) * HOUR,
        )
        return (bill, again)

    return recipe


def credit_not_given(case: Case) -> tuple[Bill, ...]:
    """Bill too much, then ask for the balance of what was not paid."""
    more = max(case.linehaul * 8 // 100, LEAST_EXCESS)
    first = with_cents(honest(case), 0, case.linehaul + more)
    line = extra(C.LINEHAUL, more, f"BALANCE DUE {case.number}")
    after = case.settled + case.dice.between(24, 60) * HOUR
    return (first, Bill(lines=(line,), tag="balance", number=f"{case.number}-B", after=after))


def payee_changed(case: Case) -> tuple[Bill, ...]:
    """Ask to pay somebody unheard of."""
    return (structs.replace(unpaid(honest(case)), remit_to="Evergreen Receivables"),)


def nothing_yet(case: Case) -> tuple[Bill, ...]:
    """Bill what is owed, before anybody can know that it is."""
    return (unpaid(honest(case)),)


def tonu_unjustified(case: Case) -> tuple[Bill, ...]:
    """Bill a truck not used, though it was cancelled in time."""
    line = extra(C.TONU, case.agreement.tonu.cents, "TRUCK ORDERED NOT USED")
    return (Bill(lines=(line,), number=case.number),)


def cancelled_load_billed(case: Case) -> tuple[Bill, ...]:
    """Bill the trip that nobody made."""
    first, last = case.journey.visits[0], case.journey.visits[-1]
    haul = case.agreement.lane(first.end, last.end).cents
    fuel = percent_of(haul, case.week.tenths)
    lines: tuple[Line, ...] = (
        extra(C.LINEHAUL, haul, "LINEHAUL"),
        extra(C.FUEL_SURCHARGE, fuel, "FUEL SURCHARGE"),
    )
    return (Bill(lines=lines, number=case.number),)


RECIPES: Mapping[Kind, Recipe] = {
    **{kind: added(kind) for kind in ADDED},
    Kind.TAX_ADDED: tax_added,
    Kind.UNKNOWN_CHARGE_CODE: unknown_charge_code,
    Kind.LINE_TWICE: line_twice,
    Kind.SPLIT_LINE: split_line,
    Kind.DETENTION_WITHOUT_EVENT: guessed_wait,
    Kind.BILL_BEFORE_DELIVERY: guessed_wait,
    Kind.DETENTION_LATE_ARRIVAL: late_wait,
    Kind.DUPLICATE_SAME_NUMBER: duplicate(number=""),
    Kind.DUPLICATE_NEW_NUMBER: duplicate(number="-R"),
    Kind.DUPLICATE_BY_FACTOR: duplicate(number="F", remit_to="Summit Factoring"),
    Kind.CREDIT_NOT_GIVEN: credit_not_given,
    Kind.PAYEE_CHANGED: payee_changed,
    Kind.PROOF_NEVER_CAME: nothing_yet,
    Kind.EVENTS_IMPOSSIBLE: nothing_yet,
    Kind.TONU_UNJUSTIFIED: tonu_unjustified,
    Kind.CANCELLED_LOAD_BILLED: cancelled_load_billed,
}
"""How each kind is written."""
