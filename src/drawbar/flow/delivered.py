"""What other systems did for us: their numbers for it, and whether the ERP's copy agrees."""

from collections.abc import Iterator

from msgspec import structs

from drawbar.flow import acknowledgement, document, names
from drawbar.flow.bill_state import BillState
from drawbar.flow.claim_state import ClaimState
from drawbar.flow.company import Company
from drawbar.flow.customer_invoice import InvoiceState
from drawbar.flow.decision import NOTHING, Decision, Known, Naming, joined
from drawbar.flow.payment_state import RunState
from drawbar.flow.problem import raised, settled
from drawbar.flow.receipt_name import control_key
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.case import CaseKind
from drawbar.freight.delivery import DeliveryConfirmed, DocumentSeen, TenderLoad
from drawbar.freight.fact import Fact
from drawbar.freight.money import Money
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.stream import StreamKey

Documented = ShipmentState | BillState | InvoiceState | RunState | ClaimState


def confirmed(fact: DeliveryConfirmed, known: Known, company: Company) -> Decision:
    """Note the other system's number, under which the story is found, and wait for its receipt."""
    if fact.stream not in known.states:
        return NOTHING
    return joined(_confirmed(fact, known, company), acknowledgement.owed(fact))


def _confirmed(fact: DeliveryConfirmed, known: Known, company: Company) -> Decision:
    state = known.states.get(fact.stream)
    if fact.delivery_kind == TenderLoad.__name__ and isinstance(state, ShipmentState):
        return _sent(state, fact)
    if not isinstance(state, Documented):
        return NOTHING
    numbered = document.numbered(
        state.documents, business_key=fact.business_key, document=fact.document
    )
    if numbered == state.documents:
        return NOTHING
    name = Reference(ReferenceKind.ERP_DOCUMENT, fact.document)
    noted = Decision(
        states={fact.stream: structs.replace(state, documents=numbered)},
        names=names.named(fact.stream, (name,), company=company),
        notes=((fact.stream, f"{fact.system} holds it as {fact.document}"),),
    )
    return joined(noted, *_twice(numbered, fact))


def _twice(documents: document.Documents, fact: DeliveryConfirmed) -> Iterator[Decision]:
    """Yield the case that another document was seen under our key before this number came."""
    for one in documents:
        if one.business_key == fact.business_key and one.held and one.difference:
            yield _differs(fact.stream, one.difference, fact, one.business_key, one.total)


def _sent(state: ShipmentState, fact: DeliveryConfirmed) -> Decision:
    """Note under which control number a tender went out; an acknowledgement will name it."""
    tender_ref = fact.business_key.rpartition(":")[0]
    control = fact.control or fact.document
    sent = state.sent | {control: tender_ref}
    name = control_key(fact.system, control)
    return Decision(
        states={fact.stream: structs.replace(state, sent=sent)},
        names=(Naming(key=name, stream=fact.stream, spelled=control),),
        notes=((fact.stream, f"{fact.system} has {tender_ref} as message {control}"),),
    )


def seen(fact: DocumentSeen, known: Known) -> Decision:
    """Compare the ERP's own record with ours; a difference has an owner, never a silence."""
    streams = [stream for streams in known.found.values() for stream in streams]
    if not streams:
        return _stranger(fact)
    state = known.states[streams[0]]
    assert isinstance(state, Documented)
    checked, difference = document.compared(state.documents, fact)
    changed = NOTHING
    if checked != state.documents:
        changed = Decision(states={streams[0]: structs.replace(state, documents=checked)})
    return joined(changed, _difference(streams[0], difference, fact))


def _difference(stream: StreamKey, text: str, fact: DocumentSeen) -> Decision:
    if text:
        return _differs(stream, text, fact, fact.business_key, fact.total)
    return settled(
        CaseKind.ERP_DIFFERENCE, stream, "The ERP agrees with our ledger.", item=fact.business_key
    )


def _differs(stream: StreamKey, text: str, fact: Fact, business_key: str, money: Money) -> Decision:
    return raised(
        CaseKind.ERP_DIFFERENCE,
        stream,
        f"The ERP and our ledger differ: {text}.",
        remedy="Correct the ERP's document, or reverse it there; ours follows from the facts.",
        now=fact.learned_at,
        item=business_key,
        money=money,
    )


def _stranger(fact: DocumentSeen) -> Decision:
    return raised(
        CaseKind.ERP_DIFFERENCE,
        None,
        f"{fact.system} holds {fact.document} under our key {fact.business_key}, which we never"
        " asked for.",
        remedy="Find out who entered it; reverse it in the ERP if it is not owed.",
        now=fact.learned_at,
        item=fact.business_key,
        money=fact.total,
    )
