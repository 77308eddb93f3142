"""How carriers are paid, over HTTP: a change entered by one person and confirmed by another."""

from datetime import datetime

from litestar import get, post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Struct

from drawbar.flow.payment_payee import PayeeState, change_of, says
from drawbar.freight.identity import key_for, minted
from drawbar.freight.lineage import Receipt
from drawbar.freight.payee import Assignment, BankAccount, PayeeChange
from drawbar.freight.payment import PayeeChangeAsked, PayeeChangeConfirmed, PayeeChangeRefused
from drawbar.freight.reading import Reading
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.books import payees
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.settlement.payee import counts_from, may_confirm
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.enriched import take_enriched
from drawbar.web.api.v1.finance import Because
from drawbar.web.api.v1.inbound import Arriving, Inbound, TakenV1
from drawbar.web.api.v1.periods import refuse
from drawbar.web.api.v1.text import Line, Name
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import unknown


class PayeeChangeV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Enter another account of a carrier, a factor's notice, or the end of one (``released``)."""

    carrier_ref: Name
    reason: Because
    account: BankAccount | None = None
    assignment: Assignment | None = None
    released: Line = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` unless exactly one thing is said."""
        said = (self.account is not None, self.assignment is not None, bool(self.released))
        if sum(said) != 1:
            raise ValueError("say one of account, assignment and released")


class PayeeWordV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Confirm a change that somebody else entered, or refuse it."""

    carrier_ref: Name
    change_ref: Name
    confirm: bool
    reason: Because


class PayeeChangeSeenV1(Struct, frozen=True, kw_only=True):
    """A change. ``counts_from`` is when it has cooled down; it counts only once confirmed."""

    carrier_ref: str
    change_ref: str
    what: str
    asked_by: str
    asked_at: datetime
    reason: str
    confirmed_by: str
    refused_by: str
    counts_from: datetime


class PayeeChangesV1(Struct, frozen=True, kw_only=True):
    """Changes of payees, those to be confirmed first."""

    items: tuple[PayeeChangeSeenV1, ...]


@get("/v1/payee-changes", **policy(Scope.MONEY_READ, writes=False))
def list_payee_changes(reads: GivenReads, settings: GivenSettings) -> PayeeChangesV1:
    """List changed bank details and factors' notices."""
    days = settings.company.policy.bank_details_cool_days
    with reads.connection() as connection, connection.cursor() as cursor:
        return seen_changes(cursor, cooling_days=days)


@post("/v1/payee-changes", status_code=HTTP_202_ACCEPTED, **policy(Scope.PAYEE_CHANGE))
def change_payee(data: JSONBody[PayeeChangeV1], inbound: Arriving) -> TakenV1:
    """Enter a change; until it is confirmed and has cooled down, nobody is paid by it."""
    return take_change(data, inbound)


@post("/v1/payee-words", status_code=HTTP_202_ACCEPTED, **policy(Scope.PAYEE_CHANGE))
def answer_payee_change(data: JSONBody[PayeeWordV1], inbound: Arriving) -> TakenV1:
    """Confirm or refuse a change; whoever entered it cannot confirm it."""
    return take_word(data, inbound)


def seen_changes(cursor: Rows, *, cooling_days: int) -> PayeeChangesV1:
    """Return the changes of all carriers, those that wait for a word first, then the newest."""
    found = (stream(cursor, StreamKey(StreamKind.PAYEE, ref)) for ref in payees(cursor))
    states = [one.state for one in found if one is not None]
    seen = [(state, one) for state in states for one in state.changes]
    seen.sort(key=lambda pair: (pair[1].is_open, pair[1].asked_at), reverse=True)
    return PayeeChangesV1(
        items=tuple(_seen(state, one, cooling_days=cooling_days) for state, one in seen)
    )


def take_change(told: PayeeChangeV1, inbound: Inbound) -> TakenV1:
    """Keep a change. Raise ``Refusal`` (404) for a carrier that is not in the company folder."""
    if told.carrier_ref not in inbound.settings.company.carriers:
        raise unknown("carrier")
    return take_enriched(told, inbound, "change-payee")


def take_word(told: PayeeWordV1, inbound: Inbound) -> TakenV1:
    """Keep a word on a change. Raise ``Refusal``: 404, or 409 with why it cannot be given."""
    if not inbound.was_taken("answer-payee-change"):
        state = inbound.must_know(StreamKind.PAYEE, told.carrier_ref)
        assert isinstance(state, PayeeState)
        change = change_of(state, told.change_ref)
        if change is None:
            raise unknown("change")
        refuse(_word_objection(change, told, inbound.caller.sender))
    return take_enriched(told, inbound, "answer-payee-change")


def _word_objection(change: PayeeChange, told: PayeeWordV1, person: str) -> str:
    if told.confirm:
        return may_confirm(change, person)
    return "" if change.is_open else "It was answered already."


def read_change(body: bytes, receipt: Receipt) -> Reading:
    """Read a change; the sender of the message is who entered it."""
    told = decoded(body, PayeeChangeV1)
    fact = PayeeChangeAsked(
        key=key_for("api", "payee-change", told.carrier_ref, receipt.message_ref),
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        carrier_ref=told.carrier_ref,
        change_ref=minted("P", cause=receipt.message_ref, learned_at=receipt.learned_at),
        account=told.account,
        assignment=told.assignment,
        released=told.released,
        asked_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def read_word(body: bytes, receipt: Receipt) -> Reading:
    """Read a word on a change; the sender of the message is who gave it."""
    told = decoded(body, PayeeWordV1)
    key = key_for("api", "payee-word", told.change_ref, receipt.message_ref)
    if told.confirm:
        fact: PayeeChangeConfirmed | PayeeChangeRefused = PayeeChangeConfirmed(
            key=key,
            happened_at=receipt.learned_at,
            learned_at=receipt.learned_at,
            lineage=receipt.at(""),
            carrier_ref=told.carrier_ref,
            change_ref=told.change_ref,
            confirmed_by=receipt.sender,
            reason=told.reason,
        )
        return Reading(facts=(fact,))
    fact = PayeeChangeRefused(
        key=key,
        happened_at=receipt.learned_at,
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        carrier_ref=told.carrier_ref,
        change_ref=told.change_ref,
        refused_by=receipt.sender,
        reason=told.reason,
    )
    return Reading(facts=(fact,))


def _seen(state: PayeeState, one: PayeeChange, *, cooling_days: int) -> PayeeChangeSeenV1:
    return PayeeChangeSeenV1(
        carrier_ref=state.carrier_ref,
        change_ref=one.change_ref,
        what=says(one),
        asked_by=one.asked_by,
        asked_at=one.asked_at,
        reason=one.reason,
        confirmed_by=one.confirmed_by,
        refused_by=one.refused_by,
        counts_from=counts_from(one, cooling_days=cooling_days),
    )
