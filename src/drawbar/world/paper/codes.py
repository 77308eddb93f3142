"""What the carriers' own words mean, written down as the firm would: in its ``codes.yaml``."""

from collections.abc import Iterator

from drawbar.freight.milestone import MilestoneKind as K
from drawbar.world.carrier_csv import sheet
from drawbar.world.carrier_edi import bar, cedar
from drawbar.world.plan.bill import CODES

MILESTONES = {
    "X3": K.ARRIVED_PICKUP,
    "CP": K.LOADED,
    "AF": K.DEPARTED_PICKUP,
    "X6": K.IN_TRANSIT,
    "AG": K.ESTIMATED,
    "X1": K.ARRIVED_DELIVERY,
    "D1": K.DELIVERED,
    "CD": K.DEPARTED_DELIVERY,
    "AH": K.ATTEMPTED,
    "A7": K.REFUSED,
    "SD": K.DELAYED,
    "AA": K.PICKUP_APPOINTMENT,
    "AB": K.DELIVERY_APPOINTMENT,
}
"""What a script means by X12's code (element 1650, and 1652 for appointments)."""


def codes() -> str:
    """Return the file. A code of an error stands in it no more than in a real one."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# What the carriers' own words mean."
    yield "charges:"
    for kind, code in CODES.items():
        for words in (sheet.CHARGES, cedar.CHARGES):
            if code in words:
                yield f'  "{words[code]}": {kind}'
    yield "events:"
    for code, own in cedar.STATUSES.items():
        yield f'  "{own}": {MILESTONES[code].value}'
    yield "references:"
    for kind, qualifier in cedar.QUALIFIERS.items():
        if bar.QUALIFIERS.get(kind) != qualifier:
            yield f'  "{qualifier}": {kind}'
