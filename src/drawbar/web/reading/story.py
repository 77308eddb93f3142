"""The story of some streams: what happened, what was sent, what was booked, what needs a person."""

from drawbar.records.desk.story import (
    STEPS_MAX,
    CaseSeen,
    DeliverySeen,
    EntrySeen,
    LineSeen,
    MessageSeen,
    Step,
    case_seen,
    cases_of,
    deliveries_of,
    delivery_seen,
    entries_of,
    messages_of,
    story,
)

__all__ = [
    "STEPS_MAX",
    "CaseSeen",
    "DeliverySeen",
    "EntrySeen",
    "LineSeen",
    "MessageSeen",
    "Step",
    "case_seen",
    "cases_of",
    "deliveries_of",
    "delivery_seen",
    "entries_of",
    "messages_of",
    "story",
]
