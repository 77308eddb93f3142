"""Why a line is not simply paid, in a word that the carrier knows, as far as the figures show."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from drawbar.freight.charge import ChargeKind, quantity
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.fuel import FuelRate
from drawbar.freight.money import Money, minor_unit
from drawbar.freight.verdict import OpenCharge, Reason

WhyNot = Mapping[tuple[ChargeKind, int], tuple[Reason, str]]

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
    Reason.FUEL_BASE: "Bill the fuel surcharge on the linehaul only.",
    Reason.NO_EVENT: "Send the arrival and departure times, with a signed in and out.",
    Reason.NOT_AUTHORISED: "Send the written approval, and the receipt where there is one.",
    Reason.LATE_ARRIVAL: "Send proof of an arrival within the grace, or of a moved appointment.",
    Reason.DUPLICATE: "Nothing, if this was billed before; else say what it is for.",
    Reason.CURRENCY: "Bill in the currency of the contract.",
    Reason.TAX: "Send the tax basis and the registration that it is charged under.",
    Reason.PROVISIONAL: "Nothing: it is judged again once the missing rate is known.",
}


class Priced(Struct, frozen=True, kw_only=True):
    """What the bill says and what was agreed, for finding out where an excess comes from."""

    lines: tuple[BillLine, ...]
    agreed: tuple[OpenCharge, ...]
    fuel: tuple[FuelRate, ...] = ()

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
    if line.kind is not ChargeKind.FUEL_SURCHARGE:
        return Reason.RATE, ""
    return _on_other_base(line, priced) or _of_other_week(line, priced) or (Reason.RATE, "")


def _on_other_base(line: BillLine, priced: Priced) -> tuple[Reason, str] | None:
    currency = line.money.currency
    others = [kind for kind in ChargeKind if kind not in _NOT_IN_BASE]
    extra = priced.billed(*others, currency=currency)
    haul = priced.granted(ChargeKind.LINEHAUL, currency=currency)
    surcharge = priced.granted(ChargeKind.FUEL_SURCHARGE, currency=currency)
    billed = priced.billed(ChargeKind.FUEL_SURCHARGE, currency=currency)
    if not extra or haul <= 0 or surcharge <= 0:
        return None
    for base in (haul + extra, priced.billed(ChargeKind.LINEHAUL, currency=currency) + extra):
        # both amounts were rounded to the minor unit, so the proportion may be off by half of it
        slack = minor_unit(currency) / 2 * (haul + base)
        if abs(billed * haul - surcharge * base) <= slack:
            percent = quantity((surcharge * 100 / haul).quantize(Decimal("0.01")))
            whole = Money(base, currency)
            text = f"{percent} % of {whole}, linehaul and accessorials; the contract's base is the"
            return Reason.FUEL_BASE, f"{text} linehaul of {Money(haul, currency)}"
    return None


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
