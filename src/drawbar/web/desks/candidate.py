"""Claim candidates on a page: what corrected terms would change of settled money, and a claim."""

from collections.abc import Iterator
from typing import Any

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from drawbar.flow.bill_state import BillState
from drawbar.freight.claim import overcharge_ref_of
from drawbar.freight.money import Money
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.freight.terms import CandidateKind, ClaimCandidate
from drawbar.records.candidates import Wanted, candidates
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.claims import ClaimOpeningV1, take_opening
from drawbar.web.api.v1.term import MoneyV1
from drawbar.web.api.v1.terms import candidate_v1
from drawbar.web.auth.policy import page
from drawbar.web.auth.role import Scope
from drawbar.web.desks.action import Acting, Done, action
from drawbar.web.desks.csv_twin import Named, csv_twin
from drawbar.web.desks.rendering import render
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import Refusal, problem, unknown

COLUMNS = (
    Named("candidate_ref"),
    Named("kind"),
    Named("shipment_ref"),
    Named("party_ref"),
    Named("contract_ref"),
    Named("contract_version", "integer"),
    Named("company_version", "integer"),
    Named("settled", "decimal"),
    Named("corrected", "decimal"),
    Named("difference", "decimal"),
    Named("currency"),
    Named("documents"),
    Named("text"),
    Named("found_at", "utc"),
)


class CandidateSeen(Struct, frozen=True, kw_only=True):
    """A candidate with the claim that was opened of it, and the line that one may be opened on."""

    candidate: ClaimCandidate
    bill_ref: str = ""
    line: int = 0
    claim_ref: str = ""


def candidate_routes() -> Iterator[HTTPRouteHandler]:
    """Return the page, its twins and its form."""
    for ending in ("", ".json", ".csv"):
        yield get(f"/claim-candidates{ending}", **page(Scope.MONEY_READ))(show_candidates)
    path = "/claim-candidates/{candidate_ref:str}/claim"
    yield action(path, Scope.CLAIM_OPEN, claim_it, verb="open-claim", back="/claim-candidates")


def show_candidates(
    request: Request[Any, Any, Any], reads: GivenReads, settings: GivenSettings
) -> Response[Any]:
    """List what corrected terms would change of money that is settled."""
    with reads.connection() as connection, connection.cursor() as cursor:
        found = candidates(cursor, Wanted())
        ending = request.url.path.rpartition(".")[2]
        if ending == "json":
            return Response([candidate_v1(one) for one in found])
        if ending == "csv":
            return csv_twin("claim-candidates", COLUMNS, map(_row, found))
        seen = [_seen(cursor, one) for one in found]
    return render(
        "claim_candidates.html",
        here="/claim-candidates",
        candidates=seen,
        home_zone=settings.company.zone,
    )


def claim_it(acting: Acting) -> Done:
    """Open the overcharge claim of a candidate with the carrier."""
    with acting.reads.connection() as connection, connection.cursor() as cursor:
        found = candidates(cursor, Wanted(ref=acting.path["candidate_ref"]))
        if not found:
            raise unknown("claim candidate")
        one = _seen(cursor, found[0])
    if not one.line:
        why = "No line of a bill was paid that this could be claimed on."
        raise Refusal(problem(409, "wrong-state", why))
    money: Money = one.candidate.difference
    told = ClaimOpeningV1(
        bill_ref=one.bill_ref,
        line=one.line,
        money=MoneyV1(amount=f"{money.amount:f}", currency=money.currency),
        reason=one.candidate.text[:500],
    )
    take_opening(told, acting.inbound(told))
    ref = overcharge_ref_of(one.bill_ref, one.line)
    return Done(says=f"{money} is claimed back as {ref}.", back=f"/claims/{ref}")


def _seen(cursor: Rows, one: ClaimCandidate) -> CandidateSeen:
    """Return a candidate with the first paid line that is large enough, and a claim about it."""
    if one.kind is not CandidateKind.OVERCHARGE:
        return CandidateSeen(candidate=one)
    for bill_ref in one.documents:
        found = stream(cursor, StreamKey(StreamKind.FREIGHT_BILL, bill_ref))
        state = found.state if found else None
        if not isinstance(state, BillState):
            continue
        for verdict in state.verdicts:
            if verdict.payable.currency == one.difference.currency and (
                verdict.payable.amount >= one.difference.amount
            ):
                ref = overcharge_ref_of(bill_ref, verdict.line.number)
                is_claimed = stream(cursor, StreamKey(StreamKind.CLAIM, ref)) is not None
                return CandidateSeen(
                    candidate=one,
                    bill_ref=bill_ref,
                    line=verdict.line.number,
                    claim_ref=ref if is_claimed else "",
                )
    return CandidateSeen(candidate=one)


def _row(one: ClaimCandidate) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in one.__struct_fields__},
        "kind": one.kind.value,
        "settled": one.settled.amount,
        "corrected": one.corrected.amount,
        "difference": one.difference.amount,
        "currency": one.difference.currency,
        "documents": " ".join(one.documents),
    }
