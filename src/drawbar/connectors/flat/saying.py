"""What one record of a flat file says: an answer to a tender, what happened, what was signed."""

from datetime import UTC, datetime, time

from drawbar.connectors.flat.heard import Entry
from drawbar.freight.milestone import MilestoneReported, PodReceived, Source
from drawbar.freight.tender import TenderAnswered


def read_answer(entry: Entry) -> TenderAnswered:
    """Return a carrier's answer to our tender. Raise ``Unreadable``."""
    profile, said = entry.heard.profile, entry.needed("answer")
    answer = profile.answers.get(said)
    if answer is None:
        raise entry.unknown("answer", said)
    zone_name = entry.zone() or profile.zone
    if not zone_name and entry.shown("at").tzinfo is None:
        entry.refuse("at", "its zone is not known; say it in the profile", "zone")
    return TenderAnswered(
        carrier_ref=profile.party_ref,
        references=entry.load(),
        answer=answer,
        reason=entry.text("reason"),
        pro=entry.text("pro"),
        **entry.said(entry.at("at", zone_name or "UTC")),
    )


def read_status(entry: Entry) -> MilestoneReported:
    """Return what happened to a shipment. Raise ``Unreadable``."""
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


def read_proof(entry: Entry) -> PodReceived:
    """Return what the receiver signed. Raise ``Unreadable``."""
    signed_on = entry.day("signed_on") if entry.text("signed_on") else None
    happened_at = entry.heard.receipt.learned_at
    if signed_on:
        happened_at = min(happened_at, datetime.combine(signed_on, time(), UTC))
    return PodReceived(
        references=entry.load(),
        signer=entry.needed("signed_by"),
        signed_on=signed_on,
        pieces=entry.count("pieces"),
        notes=entry.text("remarks"),
        reported_by=entry.heard.profile.party_ref,
        **entry.said(happened_at),
    )
