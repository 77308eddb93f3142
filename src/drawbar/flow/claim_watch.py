"""What a bill or a delivery gives us to claim, whoever decided it: told to the claim, once.

A line that is paid in full because short-pay is not allowed is an overcharge; pieces that did not
arrive, or not whole, are a cargo claim.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from drawbar.flow import flags, tally, tax_part
from drawbar.flow.bill_state import BillState
from drawbar.flow.claim_state import ClaimState
from drawbar.flow.company import Company
from drawbar.flow.conclusion import Conclusion, concluded
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Known, joined
from drawbar.flow.dispute_watch import terms_of
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import OsdRecord, ShipmentState
from drawbar.freight.claim import (
    ClaimCredited,
    ClaimFound,
    ClaimKind,
    ClaimMadeGood,
    Osd,
    OsdLine,
    cargo_ref_of,
    overcharge_ref_of,
)
from drawbar.freight.contract import Side
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import zero
from drawbar.milestones import pod
from drawbar.milestones.claim import Claim, claim


def overcharged(
    before: BillState | None, now: BillState, load: object, fact: Fact, company: Company
) -> Iterator[Fact]:
    """Yield what claims must learn of a bill that a fact changed."""
    known = {one.line.number: one.claimed for one in before.verdicts} if before else {}
    for verdict in now.verdicts:
        if verdict.claimed is None or verdict.claimed == known.get(verdict.line.number):
            continue
        billed, contract = now.bill, terms_of(now, company)
        ref = overcharge_ref_of(billed.bill_ref, verdict.line.number)
        yield following(
            ClaimFound,
            fact,
            about=ref,
            claim_ref=ref,
            kind=ClaimKind.OVERCHARGE,
            shipment_ref=now.shipment_ref,
            carrier_ref=billed.carrier_ref,
            bill_ref=billed.bill_ref,
            invoice_number=billed.invoice_number,
            line=verdict.line.number,
            money=verdict.claimed,
            charge_ref=charge_of(now, verdict.line.number),
            text=verdict.text,
            since_at=now.received_at,
            **when_delivered(load, company),
            set_off_allowed=contract.set_off_allowed if contract else False,
            of_tax=is_of_tax(now, verdict.line.number, load),
        )


def short(
    before: ShipmentState | None, now: ShipmentState, fact: Fact, company: Company
) -> Iterator[Fact]:
    """Yield what the cargo claim must learn of a load whose proof of delivery changed."""
    was = before.osd if before else None
    if was == now.osd or not now.payee_ref:
        return
    record = now.osd or OsdRecord(
        text="What was reported since resolves it.", since_at=fact.learned_at
    )
    ref = cargo_ref_of(now.shipment_ref)
    yield following(
        ClaimFound,
        fact,
        about=ref,
        claim_ref=ref,
        kind=ClaimKind.CARGO,
        shipment_ref=now.shipment_ref,
        carrier_ref=now.payee_ref,
        money=record.worth,
        osd=tuple(one for one in record.lines if one.what is not Osd.OVER),
        text=record.text,
        since_at=record.since_at,
        zone=now.order.stops[-1].place.zone,
        set_off_allowed=_may_set_off(now.payee_ref, company),
    )


def charge_of(state: BillState, line: int) -> str:
    """Return the charge on which an excess was paid, the last by name; empty for none."""
    uses = (one.uses for one in state.verdicts if one.line.number == line)
    return max(next(uses, {}), default="")


def is_of_tax(state: BillState, line: int, load: object) -> bool:
    """Return whether a line was paid for a tax that the firm gets back."""
    if not isinstance(load, ShipmentState):
        return False
    paid = (one for one in state.verdicts if one.line.number == line)
    return any(tax_part.of_line(one, one.payable, one.uses, load).amount for one in paid)


def made_good(before: ClaimState | None, now: ClaimState, fact: Fact) -> Iterator[Fact]:
    """Yield what a load must learn of a claim: what came back of a charge, by no credit bill."""
    came = now.came_back
    if came is None or not now.charge_ref or isinstance(fact, ClaimCredited):
        return
    earlier = before.came_back if before and before.came_back else zero(came.currency)
    if came > earlier:
        yield following(
            ClaimMadeGood,
            fact,
            about=now.claim_ref,
            shipment_ref=now.shipment_ref,
            claim_ref=now.claim_ref,
            charge_ref=now.charge_ref,
            money=came - earlier,
        )


def claimed_back(fact: ClaimMadeGood, known: Known, company: Company) -> Decision:
    """Return the load that knows what a claim brought; what that settles is no case any more."""
    stream = shipment(fact.shipment_ref)
    load = known.states.get(stream)
    if not isinstance(load, ShipmentState):
        return NOTHING
    back = tally.plus(load.claimed_back, {fact.charge_ref: fact.money})
    now, over = flags.given_back(structs.replace(load, claimed_back=back), company)
    note = f"{fact.money} came back of {fact.charge_ref} by {fact.claim_ref}"
    return joined(Decision(states={stream: now}, notes=((stream, note),)), over)


def when_delivered(load: object, company: Company) -> dict[str, Any]:
    """Return when and in which zone a load was delivered, empty where nobody knows."""
    if not isinstance(load, ShipmentState):
        return {}
    delivered_at = concluded(load, company).delivered_at
    return {"delivered_at": delivered_at, "zone": load.order.stops[-1].place.zone}


def credited(
    before: BillState | None, now: BillState, load: ShipmentState, fact: Fact
) -> Iterator[Fact]:
    """Yield what a credit bill gives back of a claim: of the one line that it can be about."""
    if before is not None and before.verdicts:
        return
    for verdict in now.verdicts:
        lines = list(_billed_before(verdict.line, now.bill.bill_ref, load))
        if verdict.payable.amount >= 0 or len(lines) != 1:
            continue
        ref = overcharge_ref_of(*lines[0])
        yield following(
            ClaimCredited,
            fact,
            about=ref,
            claim_ref=ref,
            money=-verdict.payable,
            credit_ref=now.bill.bill_ref,
        )


def _billed_before(
    credit: BillLine, credit_ref: str, load: ShipmentState
) -> Iterator[tuple[str, int]]:
    for earlier in load.bills:
        for line in earlier.lines:
            alike = line.kind is credit.kind and (not credit.stop or line.stop == credit.stop)
            if earlier.bill_ref != credit_ref and alike and line.money.amount > 0:
                yield earlier.bill_ref, line.number


def osd_of(state: ShipmentState, seen: Conclusion) -> OsdRecord | None:
    """Return what was over, short, damaged or refused by the proof that counts, None if nothing."""
    proof = seen.proof
    if isinstance(proof, pod.PodMissing | pod.PodIncomplete):
        return None
    lines = tuple(_lines(proof))
    if not lines:
        return None
    lost = sum(one.pieces for one in lines if one.what in {Osd.SHORT, Osd.DAMAGED})
    worth = claim(state.order.goods, lost) if lost else None
    said = ", ".join(f"{one.pieces} pieces {one.what.value}" for one in lines)
    shown = f" {worth.text}." if worth is not None else ""
    return OsdRecord(
        lines=lines,
        worth=worth.amount if isinstance(worth, Claim) else None,
        text=f"{state.shipment_ref} was delivered with {said}.{shown}",
        since_at=seen.delivered_at or proof.pod.happened_at,
    )


def _lines(proof: pod.PodComplete | pod.PodShort | pod.PodOver) -> Iterator[OsdLine]:
    if isinstance(proof, pod.PodOver):
        yield OsdLine(what=Osd.OVER, pieces=proof.extra_pieces)
    if isinstance(proof, pod.PodShort) and proof.missing_pieces > proof.pod.refused:
        yield OsdLine(what=Osd.SHORT, pieces=proof.missing_pieces - proof.pod.refused)
    if proof.pod.damaged:
        yield OsdLine(what=Osd.DAMAGED, pieces=proof.pod.damaged)
    if proof.pod.refused:
        yield OsdLine(what=Osd.REFUSED, pieces=proof.pod.refused)


def _may_set_off(carrier_ref: str, company: Company) -> bool:
    terms = [
        one for one in company.contracts if one.party_ref == carrier_ref and one.side is Side.BUY
    ]
    newest = max(terms, key=lambda one: (one.valid_from, one.version), default=None)
    return newest.set_off_allowed if newest else False
