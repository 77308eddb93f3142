"""What a 210 shows for a charge: miles, weight, class and rate; it tells why amounts differ.

These figures move no money.
"""

from decimal import Decimal

from drawbar.edi import Amount, InvoiceCharge, InvoiceLine
from drawbar.freight.freight_bill import LARGEST_FIGURE, Shown

MILES = frozenset({"DM", "DH", "MI"})
"""Units of distance. Source: X12 element 221, billed/rated-as qualifier; MI is a habit."""

KILOGRAMS = frozenset({"K", "KG"})
POUNDS = frozenset({"", "L", "LB"})
"""Units of weight. Source: X12 element 188; without one it is pounds, in others it is not shown."""

KG_PER_LB = Decimal("0.45359237")
"""International avoirdupois pound."""


def shown_for(line: InvoiceLine, charge: InvoiceCharge) -> Shown | None:
    """Return what the bill shows for one charge, None where it shows nothing."""
    shown = Shown(
        weight_lb=_weight(line),
        freight_class=line.freight_class.strip()[:8],
        distance_mi=_miles(line, charge),
        rate=figure(charge.rate),
        rate_unit=charge.rate_qualifier.strip(),
    )
    return None if shown == Shown() else shown


def _weight(line: InvoiceLine) -> Decimal | None:
    if any(each.weight_unit.strip() not in KILOGRAMS | POUNDS for each in line.quantities):
        return None
    stated = [
        weight
        for each in line.quantities
        if (weight := pounds(figure(each.weight), each.weight_unit)) is not None
    ]
    return _rounded(sum(stated, Decimal(0))) if stated else None


def pounds(weight: Decimal | None, unit: str) -> Decimal | None:
    """Return a weight in pounds, to hundredths; None where the unit is another or none is said."""
    if weight is None or unit.strip() not in KILOGRAMS | POUNDS:
        return None
    return _rounded(weight / KG_PER_LB if unit.strip() in KILOGRAMS else weight)


def _rounded(weight: Decimal) -> Decimal:
    return weight.quantize(Decimal("0.01")).normalize()


def _miles(line: InvoiceLine, charge: InvoiceCharge) -> Decimal | None:
    counts = [(charge.billed_quantity, charge.billed_unit)]
    counts += [(each.billed_quantity, each.billed_unit) for each in line.quantities]
    return next((figure(count) for count, unit in counts if unit.strip() in MILES), None)


def figure(amount: Amount | None) -> Decimal | None:
    """Return a figure that can be meant; an absurd one is not shown."""
    value = amount.value if amount else None
    fits = value is not None and value.is_finite() and 0 <= value < LARGEST_FIGURE
    return value if fits else None
