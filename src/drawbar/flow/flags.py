"""The cases that a shipment's own facts open, and close again when their reason is gone."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct, structs

from drawbar.flow import silence
from drawbar.flow.company import Company
from drawbar.flow.conclusion import Charged, Conclusion
from drawbar.flow.decision import NOTHING, Decision, joined
from drawbar.flow.needs import shipment
from drawbar.flow.problem import raised, settled
from drawbar.flow.shipment_state import Flag, ShipmentState
from drawbar.flow.supplement import overcharged
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.money import Money, total, zero
from drawbar.matching.tolerance import charge_passes
from drawbar.milestones.pod import PodIncomplete, PodOver
from drawbar.milestones.sequence import SequenceInvalid, TimeInconsistent


class Matter(Struct, frozen=True, kw_only=True):
    """One thing about a shipment that a person must look at now."""

    kind: CaseKind
    item: str = ""
    text: str
    remedy: str
    money: Money | None = None


def raised_and_settled(
    state: ShipmentState, seen: Conclusion, priced: Charged, fact: Fact, company: Company
) -> tuple[ShipmentState, Decision]:
    """Return the shipment with the flags that hold now, and the cases that open or close by it."""
    matters = {Flag(one.kind, one.item): one for one in _matters(state, seen, priced, company)}
    stream = shipment(state.shipment_ref)
    fresh = [
        raised(
            one.kind,
            stream,
            one.text,
            remedy=one.remedy,
            now=fact.learned_at,
            item=one.item,
            money=one.money,
        )
        for flag, one in matters.items()
        if flag not in state.flags
    ]
    gone = [
        settled(flag.kind, stream, "What was reported since resolves it.", item=flag.item)
        for flag in state.flags
        if flag not in matters
    ]
    return structs.replace(state, flags=tuple(sorted(matters))), joined(*fresh, *gone)


def given_back(state: ShipmentState, company: Company) -> tuple[ShipmentState, Decision]:
    """Return the shipment without the charges whose excess a credit gave back, and their cases."""
    still = {one.item for one in _overpaid(state, company)}
    gone = [one for one in state.flags if one.kind is CaseKind.OVERPAID and one.item not in still]
    if not gone:
        return state, NOTHING
    stream, because = shipment(state.shipment_ref), "What was too much came back."
    kept = tuple(one for one in state.flags if one not in gone)
    over = (settled(one.kind, stream, because, item=one.item) for one in gone)
    return structs.replace(state, flags=kept), joined(*over)


def _matters(
    state: ShipmentState, seen: Conclusion, priced: Charged, company: Company
) -> Iterator[Matter]:
    yield from _contradictions(seen)
    yield from _strangers(state, company)
    yield from _proof(state, seen)
    if state.silent_at:
        text = silence.words(state, seen, company)
        yield Matter(kind=CaseKind.SILENT_TRUCK, text=text, remedy=silence.REMEDY)
    beyond = overcharged(state)
    if beyond:
        money = total(beyond.values(), currency=next(iter(beyond.values())).currency)
        yield Matter(
            kind=CaseKind.CREDIT_DUE,
            text=f"{state.shipment_ref} was invoiced {money} more than is owed by what came since,"
            f" on {', '.join(state.invoice_refs)}.",
            remedy="Release the credit note that is proposed on the page of the invoice.",
            money=money,
        )
    yield from _overpaid(state, company)
    for side, why in priced.unrated:
        yield Matter(
            kind=CaseKind.UNRATED,
            item=side.value,
            text=f"{state.shipment_ref} has no price: {why.text}",
            remedy=why.remedy,
        )


def _overpaid(state: ShipmentState, company: Company) -> Iterator[Matter]:
    """Yield what was approved of charges that have become smaller since, beyond tolerance."""
    agreed = {one.charge_ref: one.charge.money for one in state.buy}
    tolerance = company.tolerance_for(state.payee_ref, state.order.customer_ref)
    for ref, before in sorted(state.agreed_when_used.items()):
        owed = agreed.get(ref, zero(before.currency))
        nothing = zero(before.currency)
        used = state.used.get(ref, nothing) - state.claimed_back.get(ref, nothing)
        over = (used - owed).amount
        if owed.amount < before.amount and not charge_passes(
            max(over, Decimal(0)), agreed=owed.amount, tolerance=tolerance
        ):
            yield Matter(
                kind=CaseKind.OVERPAID,
                item=ref,
                text=f"{used} was approved for {ref.replace('_', ' ')} of {state.shipment_ref};"
                f" by what came since {owed} is owed.",
                remedy="Claim the difference back from the carrier.",
                money=used - owed,
            )


def _contradictions(seen: Conclusion) -> Iterator[Matter]:
    remedy = "Find out what is true and record it by hand as a correction."
    for conflict in seen.account.conflicts:
        item = f"{conflict.kind.value}:{conflict.stop}"
        yield Matter(kind=CaseKind.SOURCE_CONFLICT, item=item, text=conflict.text, remedy=remedy)
    for stray in seen.account.unassigned:
        yield Matter(kind=CaseKind.AMBIGUOUS, item=stray.report.key, text=stray.text, remedy=remedy)
    match seen.order_of_events:
        case SequenceInvalid(text=text):
            yield Matter(kind=CaseKind.SEQUENCE_INVALID, text=text, remedy=remedy)
        case TimeInconsistent(text=text):
            yield Matter(kind=CaseKind.TIME_INCONSISTENT, text=text, remedy=remedy)
        case _:
            pass


def _strangers(state: ShipmentState, company: Company) -> Iterator[Matter]:
    if not state.payee_ref:
        return  # whose load it is will show
    counted = state.counted_log(company.carriers)
    if counted is state.log:
        return
    keys = {one.key for one in counted.reports}
    others = {one.reported_by for one in state.log.reports if one.key not in keys}
    for other in sorted(others):
        yield Matter(
            kind=CaseKind.REFERENCE_CONFLICT,
            item=other,
            text=f"{other} reports on {state.shipment_ref}, which {state.payee_ref} carries.",
            remedy=f"Ask {other} which load it means; its reports do not count here.",
        )


def _proof(state: ShipmentState, seen: Conclusion) -> Iterator[Matter]:
    ref = state.shipment_ref
    match seen.proof:
        case PodIncomplete(missing=missing):
            yield Matter(
                kind=CaseKind.POD_INVALID,
                text=f"The proof of delivery of {ref} lacks {', '.join(missing)}.",
                remedy="Ask the carrier for a complete proof of delivery.",
            )
        case PodOver(extra_pieces=extra_pieces):
            yield Matter(
                kind=CaseKind.POD_INVALID,
                item="over",
                text=f"{ref} was signed for with {extra_pieces} pieces too many.",
                remedy="Ask the receiver whose goods they are.",
            )
        case _:
            pass
