"""Who took an incident in hand: the last decision of a person about the load or its bills."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from drawbar.freight.case import CaseKind
from drawbar.freight.stream import StreamKey
from drawbar.records.desk.story import messages_of, story
from drawbar.records.sheet import Rows
from drawbar.web.desks.incident import IncidentKind

_ABOUT_BILLS = frozenset({"BillDecided"})
_ABOUT_TENDERS = frozenset(
    {
        "LoadOffered",
        "LoadOfferedToAll",
        "LoadRetendered",
        "TenderWithdrawn",
        "ChangeRefused",
    }
)
HANDS: Mapping[str, frozenset[str]] = {
    IncidentKind.CHANGE_AFTER_TENDER: _ABOUT_TENDERS,
    IncidentKind.TENDER_DECLINED: _ABOUT_TENDERS,
    IncidentKind.WRONG_DETENTION: _ABOUT_BILLS,
    IncidentKind.WRONG_FUEL_WEEK: _ABOUT_BILLS,
    IncidentKind.DUPLICATE_NEW_NUMBER: _ABOUT_BILLS,
}
"""Which decisions of people mend an incident, by the name of their fact."""

ANSWERED_BY_OTHERS = frozenset({CaseKind.DISPUTE})
"""Cases that stay open after a person decided: the answer is somebody else's."""


class Decided(Struct, frozen=True, kw_only=True):
    """What a person decided, and when."""

    by: str
    at: datetime
    words: str


def decided_by_hand(cursor: Rows, kind: str, keys: Iterable[StreamKey]) -> Decided | None:
    """Return the last decision of a person about streams, None where nobody decided."""
    names, asked = HANDS.get(kind, frozenset()), list(keys)
    steps = [step for step in story(cursor, asked) if step.name in names] if names else []
    if not steps:
        return None
    senders = {one.message_ref: one.sender for one in messages_of(cursor, asked)}
    last = steps[-1]
    by = senders.get(last.message_ref, "")
    words = next((note for note in last.notes if f" by {by} " in note), "")
    return Decided(by=by, at=last.learned_at, words=words)
