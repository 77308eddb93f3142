"""Whether a step of a claim can be taken, asked of the books before the message is kept.

The flow decides the same again under its locks; asking first gives the caller a way out.
"""

from drawbar.flow.claim import NotClaimable, Refused, tried
from drawbar.flow.claim_state import ClaimState
from drawbar.flow.contest import claim
from drawbar.flow.decision import Known
from drawbar.flow.needs import bill
from drawbar.flow.word import BeyondLimit
from drawbar.freight.claim import ClaimOpened, ClaimSaid, overcharge_ref_of
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import stream
from drawbar.settlement.claim import BeyondClaim, PapersMissing
from drawbar.web.api.v1.finance_check import beyond_limit, let_go_with
from drawbar.web.api.v1.inbound import Inbound
from drawbar.web.problem import Flaw, Refusal, problem, unfit


def refuse_opening(fact: ClaimOpened, inbound: Inbound) -> None:
    """Raise ``Refusal``: 404 for no such bill, 409 where nothing can be claimed of the line."""
    states = {bill(fact.bill_ref): inbound.must_know(StreamKind.FREIGHT_BILL, fact.bill_ref)}
    ref = overcharge_ref_of(fact.bill_ref, fact.line)
    with inbound.reads.connection() as connection, connection.cursor() as cursor:
        found = stream(cursor, StreamKey(StreamKind.CLAIM, ref))
    if found is not None:
        states[claim(ref)] = found.state
    try:
        tried(fact, Known(states=states), inbound.settings.company)
    except NotClaimable as error:
        raise _not_now(str(error), "$.line", "Look at the bill and its claims.") from error


def refuse_step(state: ClaimState, fact: ClaimSaid, inbound: Inbound) -> None:
    """Raise ``Refusal``: 409 out of turn, 422 for an amount that cannot be, 403 beyond a limit."""
    let_go = let_go_with(state.carrier_ref, inbound)
    known = Known(states={claim(state.claim_ref): state} | let_go)
    try:
        tried(fact, known, inbound.settings.company)
    except BeyondClaim as error:
        remedy = "Name at most what is open of the claim, in its currency."
        raise unfit("$.money", f"{error}.", remedy) from error
    except PapersMissing as error:
        raise unfit("$.papers", f"{error}.", "Add these documents, and file again.") from error
    except BeyondLimit as error:
        raise beyond_limit(str(error)) from error
    except Refused as error:
        raise _not_now(f"{error}.", "$.step", "Read the claim again.") from error


def _not_now(detail: str, path: str, remedy: str) -> Refusal:
    flaw = Flaw(path=path, message=detail, remedy=remedy)
    return Refusal(problem(409, "wrong-state", detail, flaw))
