"""How the lines of a dispute end: what both sides agreed goes to the bill.

The bill's own answer closes the line here.
"""

from collections.abc import Iterable

from msgspec import structs

from drawbar.flow.consequence import following
from drawbar.flow.contest import dispute
from drawbar.flow.decision import Decision
from drawbar.flow.dispute_state import DisputeState
from drawbar.freight.dispute import (
    DisputeAnswered,
    DisputeSettled,
    Ending,
    PartAmount,
)
from drawbar.freight.freight_bill import DisputeClosed


def agreed_on(state: DisputeState, agreed: Iterable[PartAmount]) -> DisputeState:
    """Return the dispute with these lines on their way to their end: no round opens them."""
    ends = {one.part: one.money for one in agreed}
    return structs.replace(
        state,
        parts=tuple(
            structs.replace(one, agreed=ends[one.key]) if one.key in ends else one
            for one in state.parts
        ),
    )


def closings(
    state: DisputeState,
    agreed: Iterable[PartAmount],
    fact: DisputeAnswered | DisputeSettled,
    by: dict[str, str],
    reason: str,
    ending: Ending,
) -> Decision:
    """Return the wish that each bill ends its line; an offer that was taken is its giver's word."""
    return Decision(
        follows=tuple(
            following(
                DisputeClosed,
                fact,
                about=one.part,
                bill_ref=one.bill_ref,
                line=one.line,
                conceded=one.money,
                closed_by=by[one.part],
                role=_role(by[one.part], state, fact),
                reason=reason or f"agreed in {state.dispute_ref}",
                ending=Ending.CREDITED if ending is Ending.PAID else ending,
            )
            for one in agreed
        )
    )


def kept(state: DisputeState, said: str) -> Decision:
    """Return the dispute as it is now, with a sentence for its timeline."""
    stream = dispute(state.dispute_ref)
    return Decision(states={stream: state}, notes=((stream, said),))


def _role(name: str, state: DisputeState, fact: DisputeAnswered | DisputeSettled) -> str:
    """Return in what capacity somebody speaks, or spoke last: it bounds what they may concede."""
    now = fact.said_by if isinstance(fact, DisputeAnswered) else fact.settled_by
    if name == now:
        return fact.role
    return next((one.role for one in reversed(state.rounds) if one.said_by == name), "")
