"""Who decided: a fact that a person brought about names that person for ever."""

from drawbar.freight.fact import Fact
from drawbar.freight.milestone import MilestoneReported, Source

_SAID_BY = (
    "decided_by",
    "closed_by",
    "approved_by",
    "assigned_by",
    "refused_by",
    "offered_by",
    "withdrawn_by",
    "retendered_by",
    "held_by",
    "lifted_by",
    "recorded_by",
    "released_by",
    "credited_by",
    "filed_by",
)
"""What facts call the person who decided or who wrote down what was said."""


def person_of(fact: Fact) -> str:
    """Return the person whose word a fact is; empty where a system or the time said it."""
    if isinstance(fact, MilestoneReported):
        return fact.reported_by if fact.source is Source.MANUAL else ""
    return next((who for name in _SAID_BY if (who := getattr(fact, name, ""))), "")
