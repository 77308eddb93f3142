"""Bills that name the wrong load, no load, or somebody else's."""

from collections.abc import Mapping

from msgspec import structs

from drawbar.freight.charge import ChargeKind as C
from drawbar.freight.instant import local_day
from drawbar.world.plan.bill import Bill, Case, Recipe, extra, honest, unpaid
from drawbar.world.plan.kind import Kind
from drawbar.world.plan.owed import end_of, percent_of
from drawbar.world.plan.wrong_line import CLEAN, DAY

LONG_AGO_DAYS, LONG_AGO_LOADS = 196, 40_000


def bol_of(number: str) -> str:
    """Return the bill of lading of an order by its number."""
    return number.replace("SO-", "BOL-")


def named(names: Mapping[str, str]) -> Recipe:
    """Return the recipe of an honest bill under other names, so that nobody can say whose it is."""

    def recipe(case: Case) -> tuple[Bill, ...]:
        return (structs.replace(unpaid(honest(case)), names=dict(names)),)

    return recipe


def reference_wrong(case: Case) -> tuple[Bill, ...]:
    """Name a BOL and a PRO that nobody knows."""
    stranger = case.dice.between(810_000, 899_999)
    names = {"bol": f"BOL-{stranger}", "pro": f"X{stranger * 7}"}
    return (structs.replace(unpaid(honest(case)), names=names),)


def reference_conflict(case: Case) -> tuple[Bill, ...]:
    """Name the PRO of this load and the BOL of its mate."""
    names = {"bol": bol_of(case.order.mates[0]), "pro": case.acceptance.pro}
    return (structs.replace(unpaid(honest(case)), names=names),)


def bill_after_window(case: Case) -> tuple[Bill, ...]:
    """Send an honest bill, and the balance of a load of last year."""
    serial = int(case.order.number.removeprefix("SO-")) - LONG_AGO_LOADS
    line = extra(C.LINEHAUL, case.dice.between(85, 240) * 100, "BALANCE DUE")
    old = Bill(
        lines=(line,),
        tag="old",
        number=f"{case.habit.ref[:2]}{serial}-B",
        names={"bol": f"BOL-{serial}"},
        order=f"SO-{serial}",
        days_old=LONG_AGO_DAYS,
        after=DAY,
    )
    return (structs.replace(honest(case), kind=CLEAN), old)


def other_carriers_load(case: Case) -> tuple[Bill, ...]:
    """Send an honest bill, and one for a load that another carrier drove."""
    mate = next(one for one in case.plan.orders if one.number == case.order.mates[0])
    first, last = mate.route[0], mate.route[-1]
    haul = case.agreement.lane(end_of(first.metro), end_of(last.metro)).cents
    week = case.agreement.week(local_day(first.due_at, first.zone))
    lines = (
        extra(C.LINEHAUL, haul, "LINEHAUL"),
        extra(C.FUEL_SURCHARGE, percent_of(haul, week.tenths), "FUEL SURCHARGE"),
    )
    theirs = Bill(
        lines=lines,
        tag="other",
        number=f"{case.number}-X",
        names={"bol": bol_of(mate.number)},
        order=mate.number,
        after=DAY,
    )
    return (structs.replace(honest(case), kind=CLEAN), theirs)


RECIPES: Mapping[Kind, Recipe] = {
    Kind.REFERENCE_MISSING: named({}),
    Kind.REFERENCE_AMBIGUOUS: named({"po": ""}),
    Kind.REFERENCE_WRONG: reference_wrong,
    Kind.REFERENCE_CONFLICT: reference_conflict,
    Kind.BILL_AFTER_WINDOW: bill_after_window,
    Kind.OTHER_CARRIERS_LOAD: other_carriers_load,
}
"""How each kind is written."""
