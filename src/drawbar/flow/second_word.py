"""A charge that is more than one person may approve waits for a second one, whatever the door.

The first word is kept as a proposal and moves no money; the same word of another approves it.
"""

from msgspec import structs

from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.flow.needs import shipment
from drawbar.flow.problem import raised, settled
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.word import far_enough
from drawbar.freight.approval import Approval
from drawbar.freight.case import CaseKind
from drawbar.freight.freight_bill import ChargeApproved
from drawbar.settlement.authority import Authority


def approval_of(fact: ChargeApproved, load: ShipmentState, company: Company) -> Approval | None:
    """Return what is approved by now, None while a second person must say the same.

    Raise ``BeyondLimit`` for more than any second person makes good.
    """
    first = proposal(fact, load)
    may = far_enough(fact, load, company)
    if may is Authority.WITH_A_SECOND and first is None:
        return None
    second = first.approved_by if first and may is Authority.WITH_A_SECOND else ""
    return structs.replace(_word(fact), seconded_by=second)


def proposal(fact: ChargeApproved, load: ShipmentState) -> Approval | None:
    """Return another person's open word for at least this charge, None where there is none."""
    for one in load.proposals:
        same = one.kind is fact.kind and one.stop == fact.stop
        enough = one.money.currency == fact.money.currency and one.money >= fact.money
        if same and enough and one.approved_by != fact.approved_by:
            return one
    return None


def proposed(fact: ChargeApproved, load: ShipmentState) -> Decision:
    """Return the load with somebody's word kept, and the case that a second one must answer."""
    case = raised(
        CaseKind.BILL_STOPPED,
        shipment(load.shipment_ref),
        f"{fact.approved_by} would approve {fact.money} for {_what(fact)} because {fact.reason}."
        " That is more than one person may approve.",
        remedy="A second, other person approves the same, or nobody does.",
        now=fact.learned_at,
        item=_item(fact),
        money=fact.money,
    )
    others = (one for one in load.proposals if one.approved_by != fact.approved_by)
    rest = (one for one in load.proposals if one.approved_by == fact.approved_by)
    kept = (one for one in rest if (one.kind, one.stop) != (fact.kind, fact.stop))
    now = structs.replace(load, proposals=(*others, *kept, _word(fact)))
    return joined(Decision(states={shipment(load.shipment_ref): now}), case)


def answered(load: ShipmentState, approval: Approval) -> tuple[ShipmentState, Decision]:
    """Return the load without the proposals that an approval answers, and their case settled."""
    key = (approval.kind, approval.stop)
    kept = tuple(one for one in load.proposals if (one.kind, one.stop) != key)
    if kept == load.proposals:
        return load, NOTHING
    said = f"{approval.approved_by} approved {approval.money} because {approval.reason}"
    over = settled(CaseKind.BILL_STOPPED, shipment(load.shipment_ref), said, item=_item(approval))
    return structs.replace(load, proposals=kept), over


def _word(fact: ChargeApproved) -> Approval:
    return Approval(
        kind=fact.kind,
        money=fact.money,
        stop=fact.stop,
        approved_by=fact.approved_by,
        reason=fact.reason,
        fact=fact.key,
    )


def _item(said: ChargeApproved | Approval) -> str:
    return f"second person: {said.kind.value} at {said.stop}"  # stored: the item of the case


def _what(fact: ChargeApproved) -> str:
    kind = fact.kind.value.replace("_", " ")
    return f"{kind} at stop {fact.stop}" if fact.stop else kind
