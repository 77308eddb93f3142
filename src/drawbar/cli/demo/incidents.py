"""The guide of a demo: which of the world's incidents to look at, in the words of the first page.

It says where to look and nothing of how it stands: that is read from the firm's own books.
"""

from collections.abc import Iterable, Mapping

from drawbar.web.desks.incident import Incident, IncidentKind
from drawbar.world.plan import Staged

UNKNOWN_CODE_CAUSE = "x12:CDRV:214:ZQ"
KINDS: Mapping[str, tuple[IncidentKind, str]] = {
    # what the world calls it: (what the page calls it, its title)
    "erp_change": (IncidentKind.CHANGE_AFTER_TENDER, "Changed after the tender"),
    "declined_by_all": (IncidentKind.TENDER_DECLINED, "Nobody takes this load"),
    "silent_truck": (IncidentKind.SILENT_TRUCK, "A truck is silent"),
    "wrong_detention": (IncidentKind.WRONG_DETENTION, "Detention that nobody saw"),
    "wrong_fuel_week": (IncidentKind.WRONG_FUEL_WEEK, "Fuel of another week"),
    "duplicate_new_number": (IncidentKind.DUPLICATE_NEW_NUMBER, "Billed twice, two numbers"),
    "erp_outage": (IncidentKind.ERP_OUTAGE, "The ERP goes away"),
    "unknown_status_code": (IncidentKind.UNKNOWN_STATUS_CODE, "A code that nobody knows"),
}

HINTS: Mapping[IncidentKind, str] = {
    IncidentKind.ERP_OUTAGE: " It comes back by itself, or at once with: drawbar demo heal erp",
}
"""How a visitor mends what no page can."""


def guide_of(staged: Iterable[Staged]) -> tuple[Incident, ...]:
    """Return what to look at, in the order of the world."""
    return tuple(_incident(one) for one in staged)


def _incident(one: Staged) -> Incident:
    kind, title = KINDS[one.kind]
    text = one.text + HINTS.get(kind, "")
    return Incident(kind=kind.value, title=title, text=text, look_up=_look_up(one, kind))


def _look_up(one: Staged, kind: IncidentKind) -> str:
    if kind is IncidentKind.UNKNOWN_STATUS_CODE:
        return UNKNOWN_CODE_CAUSE
    return one.order.number if one.order else "erp"
