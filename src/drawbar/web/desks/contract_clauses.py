"""The clauses of a contract in sentences, so that a charge leads to the words it came of."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.accessorial import AccessorialRate, ClockStart, DetentionRate, Unit
from drawbar.freight.charge import quantity
from drawbar.freight.contract import Contract
from drawbar.freight.fuel import FuelTerms, FuelWindow, StepRule
from drawbar.freight.ltl import LtlTerms
from drawbar.web.desks.contract_lanes import span
from drawbar.web.desks.rendering import money

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CLOCKS = {
    ClockStart.LATER_OF_BOTH: "the later of appointment and arrival",
    ClockStart.APPOINTMENT: "the appointment",
    ClockStart.ARRIVAL: "the arrival",
}


class Said(Struct, frozen=True):
    """One clause: its name, empty where it has none, what it is about, what it says."""

    clause: str
    about: str
    text: str


def ltl_said(contract: Contract) -> tuple[Said, ...]:
    """Return how weight and class count; empty where the contract says nothing of it."""
    return tuple(_ltl(contract.ltl, contract.currency)) if contract.ltl else ()


def fuel_said(contract: Contract) -> tuple[Said, ...]:
    """Return how an index becomes a surcharge; empty without one."""
    return tuple(_fuel(contract.fuel_index, contract.currency)) if contract.fuel_index else ()


def beyond_said(contract: Contract) -> tuple[Said, ...]:
    """Return what may be owed beyond linehaul and fuel, and how it is settled."""
    return tuple(_beyond(contract))


def _ltl(terms: LtlTerms, currency: str) -> Iterator[Said]:
    deficit = "counts over all higher breaks" if terms.deficit else "is not counted"
    yield Said("", "Deficit weight", f"{deficit}.")
    if terms.discount_percent:
        text = f"{quantity(terms.discount_percent)} % off the gross linehaul by weight."
        yield Said("", "Discount", text)
    if terms.minimum is not None:
        yield Said("", "Minimum", f"{money(terms.minimum, currency)} after the discount.")
    reweigh = "replaces the order's" if terms.reweigh else "changes no price"
    yield Said("", "Certified weight or class", f"{reweigh}.")
    for fak in terms.fak:
        classes = f"{quantity(fak.class_from)} to {quantity(fak.class_to)}"
        text = f"classes {classes} are rated as {fak.rated_as}."
        yield Said(fak.clause, "Freight of all kinds", text)
    if terms.density is not None:
        bands = sorted(terms.density.bands, key=lambda band: band.from_lb_per_cubic_ft)
        told = ", ".join(
            f"from {quantity(band.from_lb_per_cubic_ft)} class {band.freight_class}"
            for band in bands
        )
        text = f"version {terms.density.version}, pounds per cubic foot: {told}."
        yield Said(terms.density.clause, "Class by density", text)


def _fuel(fuel: FuelTerms, currency: str) -> Iterator[Said]:
    base = " and ".join(kind.value.replace("_", " ") for kind in fuel.base)
    holds = _window(fuel.window) if fuel.window else "from the day that the index itself names"
    most = "" if fuel.max_percent is None else f", at most {quantity(fuel.max_percent)} %"
    text = f"by the index {fuel.index}, a percent is of the {base}{most}; a price holds {holds}."
    yield Said(fuel.clause, "Index", text)
    for band in fuel.bands:
        gives = _step(band.percent, band.per_mile, currency)
        yield Said("", "Price", f"{span(band.from_price, band.to_price)}: {gives}.")
    if fuel.steps is not None:
        steps = fuel.steps
        begun = "begun" if steps.rule is StepRule.OR_FRACTION else "full"
        at_base = _step(steps.percent_at_base, steps.per_mile_at_base or None, currency)
        more = _step(steps.percent, steps.per_mile, currency)
        text = (
            f"{more} for each {begun} {quantity(steps.step)} above {quantity(steps.base_price)},"
            f" from {at_base} there."
        )
        yield Said("", "Steps", text)
    if fuel.formula is not None:
        formula = fuel.formula
        text = (
            f"(price - {quantity(formula.peg)}) / {quantity(formula.miles_per_gallon)} a mile,"
            f" kept to {formula.decimals} decimals."
        )
        yield Said("", "Formula", text)


def _window(window: FuelWindow) -> str:
    of = "its publication" if window.from_publication else "its own day"
    if window.weekday is not None:
        later = f", {window.weeks_later} weeks later" if window.weeks_later else ""
        return f"from the {_DAYS[window.weekday]} on or after {of}{later}"
    if window.day_of_month is not None:
        later = f", {window.months_later} months later" if window.months_later else ""
        return f"from day {window.day_of_month} of the month after {of}{later}"
    return f"from {of}"


def _step(percent: Decimal | None, per_mile: Decimal | None, currency: str) -> str:
    if per_mile is not None:
        return f"{money(per_mile, currency)} a mile"
    return f"{quantity(percent or Decimal(0))} %"


def _beyond(contract: Contract) -> Iterator[Said]:
    currency = contract.currency
    if contract.detention is not None:
        yield _detention(contract.detention, "Detention", currency)
    if contract.detention_at_delivery is not None:
        yield _detention(contract.detention_at_delivery, "Detention at deliveries", currency)
    if contract.tonu is not None:
        tonu = contract.tonu
        text = (
            f"{money(tonu.amount, currency)} when cancelled less than"
            f" {quantity(tonu.hours_before_pickup)} h before pickup, or the driver is on the way."
        )
        yield Said(tonu.clause, "Truck ordered, not used", text)
    for row in contract.accessorials:
        yield Said(row.clause, row.kind.value.replace("_", " ").capitalize(), _row(row, currency))
    for passed in contract.pass_through:
        plus = f" plus {quantity(passed.markup_percent)} %" if passed.markup_percent else ""
        text = f"the carrier's approved charge{plus}{_most(passed.cap, currency)}."
        about = f"{passed.kind.value.replace('_', ' ').capitalize()}, passed on"
        yield Said(passed.clause, about, text)
    yield from _settled(contract)


def _detention(rate: DetentionRate, about: str, currency: str) -> Said:
    free = f"{rate.free_time_minutes} min"
    if rate.free_time_by_weight:
        rows = sorted(rate.free_time_by_weight, key=lambda row: row.from_lb)
        free = ", ".join(f"{row.minutes} min from {quantity(row.from_lb)} lb" for row in rows)
    begun = "started" if rate.or_fraction else "full"
    least = "" if rate.minimum is None else f", at least {money(rate.minimum, currency)}"
    text = (
        f"{free} free at each stop, counted from {_CLOCKS[rate.clock]}, then"
        f" {money(rate.rate, currency)} for each {begun} {rate.increment_minutes} min"
        f"{least}{_most(rate.cap, currency)}"
    )
    if rate.late_grace_minutes is not None:
        text += f"; an arrival more than {rate.late_grace_minutes} min late forfeits it"
    needs = "; needs an approval" if rate.needs_approval else ""
    return Said(rate.clause, about, f"{text}{needs}.")


def _row(row: AccessorialRate, currency: str) -> str:
    per = row.per.value.replace("_", " ")
    if row.per is Unit.RECEIPT:
        fee = f", plus {money(row.amount, currency)}" if row.amount else ""
        said = f"as the receipt says{fee}"
    elif row.per is Unit.LINEHAUL_PERCENT:
        said = f"{quantity(row.amount)} % of the linehaul"
    else:
        said = f"{money(row.amount, currency)} per {per}"
    if row.free:
        said += f", {quantity(row.free)} free"
    if row.minimum is not None:
        said += f", at least {money(row.minimum, currency)}"
    said += _most(row.cap, currency)
    if row.evidence:
        said += f"; must be on file: {', '.join(one.value for one in row.evidence)}"
    if row.place_is:
        said += f"; where the stop is {row.place_is}"
    return f"{said}{', with an approval' if row.needs_approval else ''}."


def _most(cap: Decimal | None, currency: str) -> str:
    return "" if cap is None else f", at most {money(cap, currency)}"


def _settled(contract: Contract) -> Iterator[Said]:
    for tax in contract.tax:
        of = ", ".join(kind.value.replace("_", " ") for kind in tax.kinds) or "everything else"
        owed = "owed by the receiver" if tax.reverse_charge else f"{quantity(tax.percent)} %"
        note = f" {tax.note}" if tax.note else ""
        yield Said(tax.clause, f"Tax, category {tax.category}", f"{owed} on {of}.{note}")
    if contract.exchange is not None:
        terms = contract.exchange
        text = (
            f"by {terms.source} of the day of the {terms.day.value}, at most {terms.days_old} days"
            " old."
        )
        yield Said(terms.clause, "Exchange", text)
    if contract.quick_pay is not None:
        quick = contract.quick_pay
        text = f"{quantity(quick.percent)} % off for payment within {quick.days} days."
        yield Said(quick.clause, "Quick pay", text)
