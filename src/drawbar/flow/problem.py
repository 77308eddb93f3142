"""Cases as the flow opens and settles them: about a stream, at the time of a fact."""

from drawbar.cases.desk import opened
from drawbar.flow.decision import Decision
from drawbar.freight.case import CaseKind, CaseSettled
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey


def raised(
    kind: CaseKind,
    subject: StreamKey | None,
    text: str,
    *,
    remedy: str,
    now: Instant,
    item: str = "",
    cause: str = "",
    money: Money | None = None,
) -> Decision:
    """Return the decision that a person must look at this; its note tells the same."""
    case = opened(
        kind,
        subject=subject,
        item=item,
        text=text,
        remedy=remedy,
        now=now,
        money_at_risk=money,
        cause=cause,
    )
    notes = () if subject is None else ((subject, text),)
    return Decision(cases=(case,), notes=notes)


def settled(kind: CaseKind, subject: StreamKey, because: str, *, item: str = "") -> Decision:
    """Return the decision that nobody need look at this any more."""
    return Decision(settled=(CaseSettled(kind=kind, subject=subject, item=item, because=because),))
