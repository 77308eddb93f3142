"""What one row of answers, status or proofs says, in our words."""

from datetime import UTC, datetime, time

from drawbar.connectors.csv_folder.entry import Entry
from drawbar.connectors.csv_folder.manifest import YES_NO
from drawbar.freight.fact import Fact
from drawbar.freight.milestone import MilestoneReported, PodReceived, Source
from drawbar.freight.tender import TenderAnswered


def read_answer(entry: Entry) -> Fact:
    """Return the carrier's answer to a tender. Raise ``Refused``."""
    settings = entry.settings
    answer = entry.word("answer", settings.answer_words)
    return TenderAnswered(
        carrier_ref=settings.party_ref,
        references=entry.load(),
        answer=answer,
        reason=entry.text("reason"),
        pro=entry.text("pro"),
        **entry.said(entry.time("at", settings.zone).at),
    )


def read_status(entry: Entry) -> Fact:
    """Return what happened to a shipment. Raise ``Refused``."""
    settings = entry.settings
    zone_name = entry.word("zone", settings.zone_words) if entry.text("zone") else ""
    when = entry.time("at", zone_name)
    return MilestoneReported(
        references=entry.load(),
        milestone=entry.word("status", settings.milestone_words),
        source=Source.CARRIER,
        reported_by=settings.party_ref,
        stop=entry.count("stop") or 0,
        local_at=when.local_at,
        reason=entry.text("reason"),
        **entry.said(when.at),
    )


def read_proof(entry: Entry) -> Fact:
    """Return what the receiver signed. Raise ``Refused``."""
    signed_on = entry.day("signed on")
    happened_at = entry.receipt.learned_at
    if signed_on:
        happened_at = min(happened_at, datetime.combine(signed_on, time(), UTC))
    return PodReceived(
        references=entry.load(),
        signer=entry.text("signed by"),
        signed_on=signed_on,
        pieces=entry.count("pieces"),
        legible=entry.word("legible", YES_NO),
        notes=entry.text("remarks"),
        reported_by=entry.settings.party_ref,
        **entry.said(happened_at),
    )
