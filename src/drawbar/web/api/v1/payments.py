"""Payment runs over HTTP: what is payable, a run proposed, agreed to by others, released once.

Who does it, and in what role, is whose key or session it is, never a field of the body.
"""

from datetime import date, timedelta

from litestar import get, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Struct, structs

from drawbar.flow.company import Company, PaidBy
from drawbar.flow.payment_release import release_objection
from drawbar.flow.payment_run import approval_objection, beyond_limit, drop_objection
from drawbar.flow.payment_state import RunState
from drawbar.freight.instant import local_day
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.books import nettable_claims, open_bills, runs
from drawbar.records.desk.stream import stream
from drawbar.settlement.authority import Authority, Person
from drawbar.web.api.v1.enriched import take_enriched
from drawbar.web.api.v1.finance import Because
from drawbar.web.api.v1.inbound import Arriving, Inbound, TakenV1
from drawbar.web.api.v1.payment_run import PaymentRunsV1, PaymentRunV1, row_v1, run_v1
from drawbar.web.api.v1.periods import refuse
from drawbar.web.api.v1.term import MoneyV1
from drawbar.web.api.v1.text import Line, Name
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenReads
from drawbar.web.problem import Refusal, problem, unfit, unknown

AHEAD_DAYS_MAX = 92


class RunProposalV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Propose to pay what is approved and due ``until`` a day.

    It is paid on ``pay_on``, today where nothing is said; discounts count by that day.
    """

    until: date
    pay_on: date | None = None


class RunProposalKeptV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A proposal as it is kept: with what was open then, which the server adds."""

    until: date
    pay_on: date
    bill_refs: tuple[str, ...]
    carrier_refs: tuple[str, ...]
    claim_refs: tuple[str, ...]


class RunApprovalV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Agree to a run. ``seen`` is what it pays in each currency, as you saw it."""

    run_ref: Name
    seen: tuple[MoneyV1, ...]


class RunApprovalKeptV1(RunApprovalV1, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An approval as it is kept: with the role in which it was given."""

    role: Line


class RunReleaseV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let an approved run go to the bank; again, nothing is sent twice."""

    run_ref: Name


class RunDropV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Give a run up that was not released."""

    run_ref: Name
    reason: Because


class QuickPayV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask for a bill to be paid early, less the discount of its contract."""

    bill_ref: Name


@get("/v1/payment-runs", **policy(Scope.MONEY_READ, writes=False))
def list_payment_runs(reads: GivenReads) -> PaymentRunsV1:
    """List payment runs, the newest first."""
    with reads.connection() as connection, connection.cursor() as cursor:
        return PaymentRunsV1(items=tuple(map(row_v1, runs(cursor))))


@get("/v1/payment-runs/{run_ref:str}", **policy(Scope.MONEY_READ, writes=False))
def read_payment_run(run_ref: FromPath[str], reads: GivenReads) -> PaymentRunV1:
    """Read one run: each payment, each bill, what is left out and why."""
    with reads.connection() as connection, connection.cursor() as cursor:
        found = stream(cursor, StreamKey(StreamKind.PAYMENT_RUN, run_ref))
    if found is None:
        raise unknown("payment run")
    return run_v1(found.state)


@post("/v1/payment-runs", status_code=HTTP_202_ACCEPTED, **policy(Scope.PAYMENT_PROPOSE))
def propose_payment_run(data: JSONBody[RunProposalV1], inbound: Arriving) -> TakenV1:
    """Propose a run of everything approved that is due, per payee and currency, netted."""
    return take_proposal(data, inbound)


@post("/v1/payment-run-approvals", status_code=HTTP_202_ACCEPTED, **policy(Scope.PAYMENT_APPROVE))
def approve_payment_run(data: JSONBody[RunApprovalV1], inbound: Arriving) -> TakenV1:
    """Agree to a run that somebody else proposed."""
    return take_approval(data, inbound)


@post("/v1/payment-run-releases", status_code=HTTP_202_ACCEPTED, **policy(Scope.PAYMENT_RELEASE))
def release_payment_run(data: JSONBody[RunReleaseV1], inbound: Arriving) -> TakenV1:
    """Let an approved run go to the bank."""
    return take_release(data, inbound)


@post("/v1/payment-run-drops", status_code=HTTP_202_ACCEPTED, **policy(Scope.PAYMENT_PROPOSE))
def drop_payment_run(data: JSONBody[RunDropV1], inbound: Arriving) -> TakenV1:
    """Give a run up, so that its bills can be in another one."""
    return take_drop(data, inbound)


@post("/v1/quick-pay-requests", status_code=HTTP_202_ACCEPTED, **policy(Scope.PAYMENT_PROPOSE))
def ask_quick_pay(data: JSONBody[QuickPayV1], inbound: Arriving) -> TakenV1:
    """Note that a carrier wants a bill paid early."""
    inbound.must_know(StreamKind.FREIGHT_BILL, data.bill_ref)
    return inbound.take("ask-quick-pay")


def take_proposal(told: RunProposalV1, inbound: Inbound) -> TakenV1:
    """Keep a proposal and do it. Raise ``Refusal``: 409 where the ERP pays, 422 for its days."""
    company = inbound.settings.company
    refuse(not_ours(company))
    today = local_day(inbound.settings.clock.now(), company.zone)
    pay_on = told.pay_on or today
    if not today <= pay_on <= today + timedelta(days=AHEAD_DAYS_MAX):
        raise unfit("$.pay_on", "It is past, or months away.", "Name today or a day soon to come.")
    with inbound.reads.connection() as connection, connection.cursor() as cursor:
        found = [one for one in open_bills(cursor) if not one.payment_run]
        carriers = sorted({one.carrier_ref for one in found})
        claims = nettable_claims(cursor, carriers)
    kept = RunProposalKeptV1(
        until=told.until,
        pay_on=pay_on,
        bill_refs=tuple(one.bill_ref for one in found),
        carrier_refs=tuple(carriers),
        claim_refs=claims,
    )
    return take_enriched(kept, inbound, "propose-payment-run")


def not_ours(company: Company) -> str:
    """Return why no run can be proposed, empty where we pay."""
    if company.policy.payments is PaidBy.DRAWBAR:
        return ""
    return "The ERP pays by its vouchers here (policy payments: erp)."


def take_approval(told: RunApprovalV1, inbound: Inbound) -> TakenV1:
    """Keep an approval and do it. Raise ``Refusal``: 403 beyond a limit, 404, or 409 with why."""
    caller = inbound.caller
    if not inbound.was_taken("approve-payment-run"):
        state = run_of(inbound, told.run_ref)
        person = Person(name=caller.sender, role=caller.role.value)
        seen = tuple(one.money() for one in told.seen)
        refuse(approval_objection(state, person, seen))
        if beyond_limit(state, person, inbound.settings.company) is Authority.BEYOND:
            text = f"The run is beyond what {caller.sender} may approve."
            raise Refusal(problem(403, "beyond-limit", text))
    kept = RunApprovalKeptV1(**structs.asdict(told), role=caller.role.value)
    return take_enriched(kept, inbound, "approve-payment-run")


def take_release(told: RunReleaseV1, inbound: Inbound) -> TakenV1:
    """Keep the word that lets a run go, and do it. Raise ``Refusal``: 404, or 409 with why."""
    if not inbound.was_taken("release-payment-run"):
        state = run_of(inbound, told.run_ref)
        refuse(release_objection(state, inbound.settings.company))
    return take_enriched(told, inbound, "release-payment-run")


def take_drop(told: RunDropV1, inbound: Inbound) -> TakenV1:
    """Keep the word that gives a run up, and do it. Raise ``Refusal``: 404, or 409 with why."""
    if not inbound.was_taken("drop-payment-run"):
        refuse(drop_objection(run_of(inbound, told.run_ref)))
    return take_enriched(told, inbound, "drop-payment-run")


def run_of(inbound: Inbound, run_ref: str) -> RunState:
    """Return a run. Raise ``Refusal`` (404)."""
    state = inbound.must_know(StreamKind.PAYMENT_RUN, run_ref)
    assert isinstance(state, RunState)
    return state
