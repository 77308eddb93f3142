"""What a record of a flat file says happened to a shipment, as one milestone."""

from drawbar.connectors.flat.heard import Entry
from drawbar.freight.milestone import MilestoneReported, Source


def read_status(entry: Entry) -> MilestoneReported:
    """Return what happened. Raise ``Unreadable``."""
    profile, code = entry.heard.profile, entry.needed("status")
    kind = profile.milestones.get(code)
    if kind is None:
        raise entry.unknown("status", code)
    happened_at, local_at = entry.wall("at", entry.zone() or profile.zone)
    return MilestoneReported(
        references=entry.load(),
        milestone=kind,
        source=Source.CARRIER,
        reported_by=profile.party_ref,
        stop=entry.count("stop") or 0,
        local_at=local_at,
        reason=entry.text("reason"),
        **entry.said(happened_at),
    )
