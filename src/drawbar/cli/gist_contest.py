"""What a fact of a dispute or a claim says, in half a line."""

from drawbar.freight.chase import InvoiceMissing
from drawbar.freight.claim import ClaimFound, ClaimNetted, ClaimOpened, ClaimSaid
from drawbar.freight.dispute import (
    CreditNoted,
    DisputeAnswered,
    DisputeSettled,
    DisputeUnanswered,
    LineContested,
    LineEnded,
)
from drawbar.freight.fact import Fact


def of_contest(fact: Fact) -> str:
    """Return what ``fact`` says of a dispute, a claim or a missing bill; empty for any other."""
    return _of_dispute(fact) or _of_claim(fact)


def _of_dispute(fact: Fact) -> str:
    match fact:
        case LineContested():
            return f"{fact.money} of {fact.bill_ref} line {fact.line} in {fact.dispute_ref}"
        case LineEnded():
            ended = ", ".join(f"{money} {how.value}" for how, money in fact.ended.items())
            return f"{fact.bill_ref} line {fact.line}: {ended}"
        case CreditNoted():
            return f"{fact.invoice_number} credits {fact.money}"
        case DisputeAnswered():
            said = "takes the other side's figures" if fact.accepts else _figures(fact)
            return f"{fact.said_by} {said}"
        case DisputeSettled():
            return f"{fact.how.value.replace('_', ' ')} by {fact.settled_by}: {fact.reason}"
        case DisputeUnanswered():
            return f"nobody answered turn {fact.turn} of {fact.dispute_ref}"
        case _:
            return ""


def _figures(fact: DisputeAnswered) -> str:
    return "says " + ", ".join(f"{one.money} for {one.part}" for one in fact.amounts)


def _of_claim(fact: Fact) -> str:
    match fact:
        case ClaimOpened():
            return f"{fact.money} of {fact.bill_ref} line {fact.line} by {fact.opened_by}"
        case ClaimFound():
            return f"{fact.claim_ref}: {fact.money or 'nothing known to claim'}"
        case ClaimSaid():
            money = f" {fact.money}" if fact.money else ""
            return f"{fact.step.value.replace('_', ' ')}{money} by {fact.said_by}"
        case ClaimNetted():
            return f"{fact.money} taken off {fact.payment_ref}"
        case InvoiceMissing():
            return f"nobody billed {fact.shipment_ref}"
        case _:
            return ""
