"""Why a line is not simply paid, in a word that the carrier knows, as far as the figures show."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import combinations

from msgspec import Struct

from drawbar.freight.charge import ChargeKind, quantity
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.fuel import FuelRate
from drawbar.freight.money import Money, minor_unit
from drawbar.freight.verdict import OpenCharge, Reason, Supposition

WhyNot = Mapping[tuple[ChargeKind, int], tuple[Reason, str]]


Suppose = Callable[[BillLine], Iterable[Supposition]]
"""Rates a billed line again with other figures, best explanation first; asked only when needed."""


def no_supposition(line: BillLine) -> tuple[Supposition, ...]:
    """Suppose nothing: nobody can rate again here."""
    return ()


_DEFAULT = {
    ChargeKind.DETENTION: Reason.NO_EVENT,
    ChargeKind.LINEHAUL: Reason.RATE,
    ChargeKind.FUEL_SURCHARGE: Reason.RATE,
    ChargeKind.TAX: Reason.TAX,
}

_STRENGTH = (Reason.LATE_ARRIVAL, Reason.NOT_AUTHORISED)
"""Of several stops that a line may mean, the one with the stronger answer counts."""

REMEDY: Mapping[Reason, str] = {
    Reason.RATE: "Send the rate agreement that grants this amount, or a corrected bill.",
    Reason.FUEL_WEEK: "Bill the fuel row of the day that the contract names.",
    Reason.FUEL_BASE: "Bill the fuel surcharge on the base that the contract names.",
    Reason.MILES: "Bill the miles of the contract, or send an agreement on other miles.",
    Reason.REWEIGH: "Send the certified weight ticket.",
    Reason.RECLASS: "Send the inspection certificate with the class and how it was found.",
    Reason.RECEIPT: "Send the receipt over this amount.",
    Reason.LATE_BILL: "Nothing: the time for further bills of this load is over.",
    Reason.PAYEE: "Have the bill sent by whoever may be paid, or register whom to pay.",
    Reason.NO_EVENT: "Send the arrival and departure times, with a signed in and out.",
    Reason.NOT_AUTHORISED: "Send the written approval, and the receipt where there is one.",
    Reason.LATE_ARRIVAL: "Send proof of an arrival within the grace, or of a moved appointment.",
    Reason.DUPLICATE: "Nothing, if this was billed before; else say what it is for.",
    Reason.CURRENCY: "Bill in the currency of the contract.",
    Reason.TAX: "Send the tax basis and the registration that it is charged under.",
    Reason.BILL_DATE: "Send it again with the day on which it was made.",
    Reason.UNKNOWN_CODE: "Nothing: it is judged by itself once somebody said what the code means.",
    Reason.PROVISIONAL: "Nothing: it is judged again once the missing rate is known.",
}


class Priced(Struct, frozen=True, kw_only=True):
    """What the bill says and what was agreed, for finding out where an excess comes from."""

    lines: tuple[BillLine, ...]
    agreed: tuple[OpenCharge, ...]
    fuel: tuple[FuelRate, ...] = ()
    suppose: Suppose = no_supposition

    def billed(self, *kinds: ChargeKind, currency: str) -> Decimal:
        """Return what the bill asks for charges of these kinds."""
        alike = (line.money for line in self.lines if line.kind in kinds)
        return _sum(alike, currency)

    def granted(self, kind: ChargeKind, *, currency: str) -> Decimal:
        """Return what was agreed for charges of this kind."""
        charges = (one.agreed.charge for one in self.agreed)
        return _sum((charge.money for charge in charges if charge.kind is kind), currency)


def unagreed_reason(line: BillLine, why_not: WhyNot) -> tuple[Reason, str]:
    """Return why nothing is owed for ``line``; a line without a stop may mean any of them."""
    told = [
        said
        for (kind, stop), said in sorted(why_not.items())
        if kind is line.kind and (0 in {stop, line.stop} or stop == line.stop)
    ]
    if not told:
        return _DEFAULT.get(line.kind, Reason.NOT_AUTHORISED), "nothing was agreed for it"
    reasons = [reason for reason, _ in told]
    strong = (reason for reason in _STRENGTH if reason in reasons)
    texts = dict.fromkeys(text for _, text in told)
    return next(strong, reasons[0]), "; ".join(texts)


def excess_reason(line: BillLine, priced: Priced) -> tuple[Reason, str]:
    """Return why ``line`` is above what was agreed. RATE where the figures show nothing else."""
    if line.kind is ChargeKind.TAX:
        return Reason.TAX, ""
    if line.kind is ChargeKind.FUEL_SURCHARGE:
        found = _on_other_base(line, priced) or _of_other_week(line, priced)
        if found:
            return found
    return _supposed(line, priced)


def _supposed(line: BillLine, priced: Priced) -> tuple[Reason, str]:
    """Return the first supposition that comes to what is billed, to the cent, else RATE."""
    billed = {line.money.amount, priced.billed(line.kind, currency=line.money.currency)}
    told = []
    for one in priced.suppose(line):
        if one.money is None:
            told.append(one.text)
        elif one.money.currency == line.money.currency and one.money.amount in billed:
            return one.reason, one.text
    return Reason.RATE, "; ".join(told)


def _on_other_base(line: BillLine, priced: Priced) -> tuple[Reason, str] | None:
    """Return whether the fuel percent was taken of linehaul and some of the accessorials too."""
    currency = line.money.currency
    haul = priced.granted(ChargeKind.LINEHAUL, currency=currency)
    surcharge = priced.granted(ChargeKind.FUEL_SURCHARGE, currency=currency)
    billed = priced.billed(ChargeKind.FUEL_SURCHARGE, currency=currency)
    if haul <= 0 or surcharge <= 0:
        return None
    for extra, names in _extras(priced, currency):
        for base in (haul + extra, priced.billed(ChargeKind.LINEHAUL, currency=currency) + extra):
            # both amounts were rounded to the minor unit, so the proportion may be off by half
            slack = minor_unit(currency) / 2 * (haul + base)
            if abs(billed * haul - surcharge * base) <= slack:
                percent = quantity((surcharge * 100 / haul).quantize(Decimal("0.01")))
                text = f"{percent} % of {Money(base, currency)}, linehaul and {names};"
                owed = f"the contract's base is the linehaul of {Money(haul, currency)}"
                return Reason.FUEL_BASE, f"{text} {owed}"
    return None


def _extras(priced: Priced, currency: str) -> Iterator[tuple[Decimal, str]]:
    """Yield what all, and then some, of the billed accessorials come to, with their names."""
    sums = {
        kind: priced.billed(kind, currency=currency)
        for kind in ChargeKind
        if kind not in _NOT_IN_BASE
    }
    kinds = [kind for kind, amount in sums.items() if amount > 0][:KINDS_TRIED]
    for count in range(len(kinds), 0, -1):
        for some in combinations(kinds, count):
            said = " and ".join(kind.value.replace("_", " ") for kind in some)
            names = "accessorials" if count == len(kinds) else said
            yield sum((sums[kind] for kind in some), Decimal(0)), names


KINDS_TRIED = 6
"""Of how many kinds of accessorials every combination is tried."""

_NOT_IN_BASE = {ChargeKind.LINEHAUL, ChargeKind.FUEL_SURCHARGE, ChargeKind.TAX}


def _of_other_week(line: BillLine, priced: Priced) -> tuple[Reason, str] | None:
    currency = line.money.currency
    haul = priced.granted(ChargeKind.LINEHAUL, currency=currency)
    billed = priced.billed(ChargeKind.FUEL_SURCHARGE, currency=currency)
    for row in sorted(priced.fuel, key=lambda row: (row.valid_from, row.clause)):
        due = Money(haul * row.percent / 100, currency).rounded()
        if due.amount == billed:
            text = f"{quantity(row.percent)} % of {Money(haul, currency)} is row {row.clause}"
            return Reason.FUEL_WEEK, f"{text}, in force from {row.valid_from}, another week's"
    return None


def _sum(amounts: Iterable[Money], currency: str) -> Decimal:
    alike = (money.amount for money in amounts if money.currency == currency)
    return sum(alike, start=Decimal(0))
