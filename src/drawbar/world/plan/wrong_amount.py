"""Bills whose lines are right and whose amounts are not: rate, miles, fuel, class, waiting."""

from collections.abc import Mapping

from msgspec import structs

from drawbar.freight.charge import ChargeKind as C
from drawbar.world.plan.agreement import FuelWeek
from drawbar.world.plan.bill import (
    LEAST_EXCESS,
    Bill,
    Case,
    Recipe,
    honest,
    unpaid,
    with_cents,
    with_haul,
)
from drawbar.world.plan.kind import Kind
from drawbar.world.plan.owed import percent_of


def old_rate(case: Case) -> tuple[Bill, ...]:
    """Bill the linehaul of the old agreement."""
    first, last = case.journey.visits[0], case.journey.visits[-1]
    old = case.old.lane(first.end, last.end).cents
    cents = max(old, case.linehaul + LEAST_EXCESS)
    return (with_haul(case, honest(case), cents, f"LINEHAUL TARIFF V{case.old.version}"),)


def wrong_mileage(case: Case) -> tuple[Bill, ...]:
    """Bill more miles than agreed."""
    more = max(case.linehaul * case.dice.between(9, 15) // 100, LEAST_EXCESS)
    return (with_haul(case, honest(case), case.linehaul + more, "LINEHAUL PRACTICAL MILES"),)


def wrong_minimum(case: Case) -> tuple[Bill, ...]:
    """Bill a minimum above the agreed rate."""
    cents = (case.linehaul // 5_000 + case.dice.between(2, 5)) * 5_000
    return (with_cents(honest(case), 0, cents, "LINEHAUL MINIMUM CHARGE"),)


def wrong_class(case: Case) -> tuple[Bill, ...]:
    """Bill the linehaul of a higher class."""
    cents = case.linehaul * 118 // 100
    return (with_cents(honest(case), 0, cents, "LINEHAUL RECLASS 92.5 TO 125"),)


def fuel_wrong_week(case: Case) -> tuple[Bill, ...]:
    """Bill the percent of the nearest week that is worth it."""
    now = case.week

    def apart(week: FuelWeek) -> tuple[int, str]:
        return abs((week.valid_from - now.valid_from).days), week.clause

    weeks = case.agreement.fuel
    enough = [one for one in weeks if _excess(case, one.tenths) >= LEAST_EXCESS]
    week = min(enough, key=apart) if enough else max(weeks, key=lambda one: one.tenths)
    tenths = _worth_it(case, week.tenths)
    return (_with_fuel(case, tenths, f"FUEL WEEK OF {week.valid_from}"),)


def fuel_old_table(case: Case) -> tuple[Bill, ...]:
    """Bill the percent of the old agreement's table."""
    tenths = _worth_it(case, case.old.week(case.week.valid_from).tenths)
    return (_with_fuel(case, tenths, "FUEL SURCHARGE"),)


def fuel_transposed(case: Case) -> tuple[Bill, ...]:
    """Bill a percent with two digits swapped, or its point moved where that gains nothing."""
    tens, ones, tenth = case.week.tenths // 100, case.week.tenths // 10 % 10, case.week.tenths % 10
    swapped = ones * 100 + tens * 10 + tenth
    tenths = swapped if _excess(case, swapped) >= LEAST_EXCESS else case.week.tenths * 10
    return (_with_fuel(case, tenths, f"FUEL {tenths // 10}.{tenths % 10} PCT"),)


def fuel_on_accessorials(case: Case) -> tuple[Bill, ...]:
    """Bill the percent on everything."""
    base = sum(one.cents for one in case.owed if one.code != C.FUEL_SURCHARGE.value)
    cents = percent_of(base, case.week.tenths)
    return (with_cents(honest(case), 1, cents, "FUEL SURCHARGE"),)


def cents_for_dollars(case: Case) -> tuple[Bill, ...]:
    """Bill a hundred times the fuel surcharge."""
    return (with_cents(honest(case), 1, case.fuel * 100),)


def detention_inflated(case: Case) -> tuple[Bill, ...]:
    """Bill twice the detention that is owed."""
    bill, place = honest(case), _longest_wait(case)
    return (with_cents(bill, place, bill.lines[place].cents * 2),)


def offsetting_lines(case: Case) -> tuple[Bill, ...]:
    """Bill detention too high by what the linehaul is too low."""
    bill, place = honest(case), _longest_wait(case)
    moved = bill.lines[place].cents
    low = structs.replace(bill.lines[0], cents=case.linehaul - moved, payable=case.linehaul - moved)
    changed = structs.replace(bill, lines=(low, *bill.lines[1:]))
    return (with_cents(changed, place, moved * 2),)


def header_differs(case: Case) -> tuple[Bill, ...]:
    """State a total above the lines."""
    bill = unpaid(honest(case))
    return (structs.replace(bill, total=bill.cents + 10_000),)


def wrong_currency(case: Case) -> tuple[Bill, ...]:
    """Bill in another currency."""
    return (structs.replace(unpaid(honest(case)), currency="CAD"),)


def _with_fuel(case: Case, tenths: int, text: str) -> Bill:
    return with_cents(honest(case), 1, percent_of(case.linehaul, tenths), text)


def _excess(case: Case, tenths: int) -> int:
    return percent_of(case.linehaul, tenths) - case.fuel


def _worth_it(case: Case, tenths: int) -> int:
    """Return a percent raised, point by point, until billing it gains something."""
    while _excess(case, tenths) < LEAST_EXCESS:
        tenths += 10
    return tenths


def _longest_wait(case: Case) -> int:
    """Return the place of the highest detention line. A load of this kind always has one."""
    waits = [n for n, one in enumerate(case.owed) if one.code == C.DETENTION.value]
    return max(waits, key=lambda n: (case.owed[n].cents, n))


RECIPES: Mapping[Kind, Recipe] = {
    Kind.OLD_RATE: old_rate,
    Kind.WRONG_MILEAGE: wrong_mileage,
    Kind.WRONG_MINIMUM: wrong_minimum,
    Kind.WRONG_CLASS: wrong_class,
    Kind.FUEL_WRONG_WEEK: fuel_wrong_week,
    Kind.FUEL_OLD_TABLE: fuel_old_table,
    Kind.FUEL_TRANSPOSED: fuel_transposed,
    Kind.FUEL_ON_ACCESSORIALS: fuel_on_accessorials,
    Kind.CENTS_FOR_DOLLARS: cents_for_dollars,
    Kind.DETENTION_INFLATED: detention_inflated,
    Kind.OFFSETTING_LINES: offsetting_lines,
    Kind.HEADER_DIFFERS: header_differs,
    Kind.WRONG_CURRENCY: wrong_currency,
}
"""How each kind is written."""
