"""Answers to tenders over HTTP, and word that a driver is on the way. Translation only."""

from typing import Annotated

from litestar import post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_202_ACCEPTED
from msgspec import Meta, Struct

from drawbar.freight.instant import utc
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Reading
from drawbar.freight.tender import Answer, DriverDispatched, TenderAnswered
from drawbar.web.api.v1.body import decoded
from drawbar.web.api.v1.finance import said_at
from drawbar.web.api.v1.identity import fact_key
from drawbar.web.api.v1.inbound import Arriving, TakenV1
from drawbar.web.api.v1.term import References, references_of
from drawbar.web.api.v1.text import Line, Moment, Name, refuse_absurd
from drawbar.web.auth.caller import carrier_of
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope

Remark = Annotated[str, Meta(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)")]
"""Why, in a sentence or two; empty where nobody says."""


class TenderAnswerV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A carrier's answer. An acceptance counts for the version of the tender that it names.

    It was given now unless it says when. One of us may record it; ``reason`` says how we know.
    """

    carrier_ref: Name
    references: References
    answer: Answer
    answered_at: Moment | None = None
    reason: Remark = ""
    pro: Line = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an absurd time."""
        refuse_absurd(self.answered_at)


class DispatchConfirmationV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A driver was sent to the pickup."""

    carrier_ref: Name
    references: References
    dispatched_at: Moment

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an absurd time."""
        refuse_absurd(self.dispatched_at)


@post("/v1/tender-answers", status_code=HTTP_202_ACCEPTED, **policy(Scope.TENDER_ANSWER))
def answer_tender(data: JSONBody[TenderAnswerV1], inbound: Arriving) -> TakenV1:
    """Accept or decline a tender. A late or stale acceptance is told apart from one that counts."""
    inbound.speak_as(data.carrier_ref)
    inbound.speak_for_shipments(data.references)
    return inbound.take("answer-tender")


@post("/v1/dispatch-confirmations", status_code=HTTP_202_ACCEPTED, **policy(Scope.DISPATCH_CONFIRM))
def confirm_dispatch(data: JSONBody[DispatchConfirmationV1], inbound: Arriving) -> TakenV1:
    """Say that a driver was sent to the pickup."""
    inbound.speak_as(data.carrier_ref)
    inbound.speak_for_shipments(data.references)
    return inbound.take("confirm-dispatch")


def read_answer(body: bytes, receipt: Receipt) -> Reading:
    """Read an answer to a tender."""
    told = decoded(body, TenderAnswerV1)
    fact = TenderAnswered(
        key=fact_key("tender-answer", told.carrier_ref, told.answer, body=told),
        happened_at=said_at(told.answered_at, receipt),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        carrier_ref=told.carrier_ref,
        references=references_of(told.references, party=told.carrier_ref),
        answer=told.answer,
        reason=told.reason,
        pro=told.pro,
        recorded_by="" if carrier_of(receipt.sender) else receipt.sender,
    )
    return Reading(facts=(fact,))


def read_confirmation(body: bytes, receipt: Receipt) -> Reading:
    """Read that a driver was sent."""
    told = decoded(body, DispatchConfirmationV1)
    fact = DriverDispatched(
        key=fact_key("dispatched", told.carrier_ref, body=told),
        happened_at=utc(told.dispatched_at),
        learned_at=receipt.learned_at,
        lineage=receipt.at(""),
        carrier_ref=told.carrier_ref,
        references=references_of(told.references, party=told.carrier_ref),
    )
    return Reading(facts=(fact,))
