"""A carrier's answer to a load tender: yes, no, or yes with conditions (X12 990)."""

from datetime import date

from msgspec import Struct

from drawbar.edi.detail import Moment, Note, Reference
from drawbar.edi.place import Places


class TenderAnswer(Struct, frozen=True, kw_only=True):
    """One answer. ``action``: A accepted, D declined, and others by agreement; never guessed.

    ``decline_reason`` is the carrier's code, from B1-06 or else from V9-01; empty when not given.
    """

    shipment_id: str
    scac: str
    action: str
    on: date | None = None
    decline_reason: str = ""
    references: tuple[Reference, ...] = ()
    moments: tuple[Moment, ...] = ()
    notes: tuple[Note, ...] = ()
    at: Places = {}
