"""A bill refused as a whole, or held for a person: nothing is paid, and the carrier is told."""

import hashlib

from msgspec import structs

from drawbar.flow.bill_state import BillState, BillStatus
from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.flow.needs import bill
from drawbar.flow.problem import raised
from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import Delivery, Lane, RefuseBill
from drawbar.freight.fact import Fact
from drawbar.freight.identity import key_for
from drawbar.freight.money import Money
from drawbar.freight.verdict import Reason


def refused(
    state: BillState,
    reason: Reason,
    text: str,
    remedy: str,
    fact: Fact,
    company: Company,
    *,
    kind: CaseKind,
    final: bool = True,
) -> Decision:
    """Return the bill rejected; one that is not ``final`` is stopped, and a person may go on."""
    ref = state.bill.bill_ref
    status = BillStatus.STOPPED
    if final:
        status = BillStatus.DUPLICATE if kind is CaseKind.DUPLICATE else BillStatus.REJECTED
    closed = structs.replace(
        state, status=status, reason=reason.value, text=text, decided_at=fact.learned_at
    )
    told = told_carrier(state, reason, f"{text} {remedy}", company, refused_money=state.bill.total)
    case = raised(kind, bill(ref), text, remedy=remedy, now=fact.learned_at, money=state.bill.total)
    return joined(Decision(states={bill(ref): closed}), case, told if final else NOTHING)


def _digest(payload: RefuseBill) -> str:
    """Return a short word for what is refused: another answer is another message."""
    said = f"{payload.text}|{payload.refused}"
    return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()


def told_carrier(
    state: BillState, reason: Reason, text: str, company: Company, *, refused_money: Money | None
) -> Decision:
    """Return the message that tells the carrier, once per decision, what is not paid and why.

    Without ``refused_money`` it asks for something and refuses nothing.
    """
    billed = state.bill
    carrier = company.carriers.get(billed.carrier_ref)
    if carrier is None:
        return NOTHING
    payload = RefuseBill(
        bill_ref=billed.bill_ref,
        carrier_ref=billed.carrier_ref,
        invoice_number=billed.invoice_number,
        reason=reason.value,
        text=text,
        refused=refused_money,
    )
    delivery = Delivery(
        system=carrier.system,
        lane=Lane.NOTIFY,
        stream=bill(billed.bill_ref),
        business_key=key_for("refuse", billed.bill_ref, reason.value, _digest(payload)),
        payload=payload,
    )
    return Decision(deliveries=(delivery,))
