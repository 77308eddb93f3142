"""Bills that look wrong and are right: whoever stops them stops too much."""

from collections.abc import Mapping

from msgspec import structs

from drawbar.freight.charge import ChargeKind as C
from drawbar.world.plan.bill import HOUR, Bill, Case, Line, Recipe, honest, with_haul
from drawbar.world.plan.kind import Kind


def as_owed(case: Case) -> tuple[Bill, ...]:
    """Bill what is owed; what looks wrong about it lies elsewhere."""
    return (honest(case),)


def supplemental(case: Case) -> tuple[Bill, ...]:
    """Bill the waiting later, on its own."""
    bill, wait = honest(case), C.DETENTION.value
    first = structs.replace(bill, lines=tuple(one for one in bill.lines if one.kind != wait))
    rest = structs.replace(
        bill,
        lines=tuple(one for one in bill.lines if one.kind == wait),
        tag="supplement",
        number=f"{bill.number}-S",
        after=case.dice.between(20, 44) * HOUR,
    )
    return (first, rest)


def corrected_bill(case: Case) -> tuple[Bill, ...]:
    """Bill too little, then all of it again: the difference is owed."""
    low = case.linehaul * case.dice.between(80, 87) // 100
    first = with_haul(case, honest(case), low)
    first = structs.replace(first, lines=tuple(_as_billed(one) for one in first.lines))
    again = honest(case)
    pairs = zip(again.lines, first.lines, strict=True)
    lines = tuple(structs.replace(one, payable=one.cents - old.cents) for one, old in pairs)
    after = case.settled + case.dice.between(20, 44) * HOUR
    number = f"{case.number}-C"
    return (first, structs.replace(again, lines=lines, tag="corrected", number=number, after=after))


def one_number(case: Case) -> tuple[Bill, ...]:
    """Bill this load under a number that another load has too."""
    shared = min(case.order.number, *case.order.mates).removeprefix("SO-")
    return (structs.replace(honest(case), number=f"{case.habit.ref[:2]}M{shared}"),)


def rebill_after_credit(case: Case) -> tuple[Bill, ...]:
    """Bill, take all of it back, and bill it again under a new number."""
    bill = honest(case)
    after = case.settled + case.dice.between(12, 24) * HOUR
    minus = tuple(
        structs.replace(one, cents=-one.cents, payable=-one.payable) for one in bill.lines
    )
    credit = structs.replace(
        bill, lines=minus, tag="credit", number=f"{bill.number}-CR", after=after
    )
    again = structs.replace(bill, tag="rebill", number=f"{bill.number}-RB", after=after + 20 * HOUR)
    return (bill, credit, again)


def one_po(case: Case) -> tuple[Bill, ...]:
    """Name the PO that two loads have, and the BOL that one has."""
    return (structs.replace(honest(case), names={"po": "", "bol": ""}),)


def split_60_40(case: Case) -> tuple[Bill, ...]:
    """Write the linehaul in two lines."""
    bill, part = honest(case), case.linehaul * 60 // 100
    one = structs.replace(bill.lines[0], cents=part, payable=part, text="LINEHAUL LEG 1")
    rest = case.linehaul - part
    other = structs.replace(one, cents=rest, payable=rest, text="LINEHAUL LEG 2")
    return (structs.replace(bill, lines=(one, other, *bill.lines[1:])),)


def within_tolerance(case: Case) -> tuple[Bill, ...]:
    """Bill the linehaul a little too high: so little that the firm pays it."""
    bill = honest(case)
    more = case.dice.between(150, min(case.linehaul // 100, 1_000))
    cents = case.linehaul + more
    line = structs.replace(bill.lines[0], cents=cents, payable=cents)
    return (structs.replace(bill, lines=(line, *bill.lines[1:])),)


def pro_written_differently(case: Case) -> tuple[Bill, ...]:
    """Name only the PRO, with other dashes, zeros or an ending."""
    names = {"pro": other_spelling(case)}
    if case.habit.channel != "x12":
        names["tender"] = ""
    return (structs.replace(honest(case), names=names),)


def other_spelling(case: Case) -> str:
    """Return the PRO as another clerk of the carrier writes it."""
    pro = case.acceptance.pro
    written = f"00{pro}" if case.habit.drops_zeros else f"{pro[:2]}-{pro[2:].replace('-', '')}"
    return written + (case.habit.suffixes[0] if case.habit.suffixes else "")


def _as_billed(line: Line) -> Line:
    return structs.replace(line, payable=line.cents)


RECIPES: Mapping[Kind, Recipe] = {
    **dict.fromkeys(
        (
            Kind.APPROVED_EXCEPTION,
            Kind.SECOND_STOP,
            Kind.SAME_LANE_SAME_DAY,
            Kind.TONU_JUSTIFIED,
            Kind.DETENTION_JUSTIFIED,
            Kind.BILL_BEFORE_PROOF,
            Kind.LATE_PROOF,
        ),
        as_owed,
    ),
    Kind.SUPPLEMENTAL: supplemental,
    Kind.CORRECTED_BILL: corrected_bill,
    Kind.ONE_NUMBER_MANY_LOADS: one_number,
    Kind.REBILL_AFTER_CREDIT: rebill_after_credit,
    Kind.TWO_LOADS_ONE_PO: one_po,
    Kind.SPLIT_60_40: split_60_40,
    Kind.WITHIN_TOLERANCE: within_tolerance,
    Kind.PRO_WRITTEN_DIFFERENTLY: pro_written_differently,
}
"""How each kind is written."""
