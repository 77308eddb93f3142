"""A row of events or approvals: what happened to a shipment, and what somebody allowed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from drawbar.cli.audit.load_row import carrier_of, names_of
from drawbar.cli.audit.paper import ApprovalPaper, EventPaper
from drawbar.cli.audit.row import Row
from drawbar.cli.audit.setting import folded
from drawbar.cli.audit.spot import zone_word
from drawbar.cli.audit.unread import shown
from drawbar.connectors.wall_clock import NoSuchTime, instant_at
from drawbar.freight.accessorial import Evidence
from drawbar.freight.charge import ChargeKind
from drawbar.freight.milestone import MilestoneKind, Source
from drawbar.freight.reference import Reference

SOURCES = {
    **dict.fromkeys(("carrier", "edi", "api", "driver", "214"), Source.CARRIER),
    **dict.fromkeys(("wms", "scan", "warehouse", "dock"), Source.WMS),
    **dict.fromkeys(("geofence", "gps", "telematics", "eld"), Source.GEOFENCE),
    **dict.fromkeys(("manual", "phone", "email", "person", "user"), Source.MANUAL),
}
EVIDENCE: Mapping[str, Evidence] = {one.value: one for one in Evidence}
_YES = frozenset({"yes", "y", "true", "1", "x"})


def event_of(
    row: Row, carriers: dict[str, str], meanings: Mapping[str, MilestoneKind], today: datetime
) -> EventPaper:
    """Return what a row of the events says. Raise ``Refused``."""
    kind = row.word("event", meanings, what="event", table="events")
    carrier = carrier_of(row, carriers)
    at, local_at = _when(row)
    if at > today:
        text = f"{row.text('at')} is in the future"
        raise row.refused("at", text, "Correct it, or say --as-of with a later day.")
    said = row.text("source")
    return EventPaper(
        references=_named(row, carrier),
        kind=kind,
        source=row.word("source", SOURCES, what="source", table="-") if said else Source.CARRIER,
        reported_by=carrier,
        at=at,
        local_at=local_at,
        stop=row.count("stop") or 0,
        reason=row.text("reason"),
        signer=row.text("signed by"),
        pieces=row.count("pieces"),
        where=f"{row.sheet.file} {row.place}",
    )


def approval_of(
    row: Row, carriers: dict[str, str], meanings: Mapping[str, ChargeKind]
) -> ApprovalPaper:
    """Return what a row of approvals or receipts says. Raise ``Refused``."""
    evidence = _evidence(row)
    by = row.text("approved by") if evidence is not None else row.needed("approved by")
    return ApprovalPaper(
        references=_named(row, carrier_of(row, carriers)),
        kind=row.word("charge", meanings, what="charge", table="charges"),
        money=row.money("amount", row.text("currency").upper() or row.sheet.habits.currency),
        stop=row.count("stop") or 0,
        approved_by=by,
        reason=row.text("reason"),
        evidence=evidence,
        count=row.figure("count") or Decimal(1),
        by_carrier=folded(row.text("by carrier")) in _YES,
        where=f"{row.sheet.file} {row.place}",
    )


def _evidence(row: Row) -> Evidence | None:
    """Return what kind of proof it is; None for a person's word."""
    said = row.text("evidence")
    if not said and "receipt" in row.sheet.file.casefold():
        return Evidence.RECEIPT
    if not said:
        return None
    found = row.word("evidence", EVIDENCE, what="evidence", table="-")
    return None if found is Evidence.APPROVAL else found


def _named(row: Row, carrier: str) -> tuple[Reference, ...]:
    names = names_of(row, carrier)
    if not names:
        raise row.refused("shipment", "the row names no shipment", "Fill in shipment, BOL or PRO.")
    return names


def _when(row: Row) -> tuple[datetime, datetime | None]:
    """Return the instant, or the wall's clock where no zone is named."""
    row.needed("at")
    clock = row.clock("at")
    assert clock is not None
    if ":" not in row.text("at"):
        text = f"{row.text('at')!r} names a day and no time"
        raise row.refused("at", text, "Add the time, as in 2026-03-31 14:05.")
    said = row.text("zone")
    if clock.tzinfo is not None:
        return clock.astimezone(UTC), None
    if not said:
        return clock.replace(tzinfo=UTC), clock
    zone = zone_word(said)
    if not zone:
        text = f"no time zone is called {shown(said)}"
        raise row.refused("zone", text, "Write one such as America/Chicago.")
    try:
        at = instant_at(clock, zone)
    except NoSuchTime as error:
        raise row.refused("at", str(error), "Correct the time or its zone.") from error
    row.remark_if_twice("at", at, zone)
    return at, None
