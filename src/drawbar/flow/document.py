"""ERP documents: what we asked the ERP to post, its number for it, and whether it agrees."""

from msgspec import Struct, structs

from drawbar.flow.company import Company
from drawbar.flow.decision import Decision, Naming
from drawbar.freight.delivery import AnyPayload, Delivery, DocumentSeen, Lane
from drawbar.freight.ledger import Entry
from drawbar.freight.money import Money, total
from drawbar.freight.reference import ReferenceKey, ReferenceKind
from drawbar.freight.stream import StreamKey


class Posted(Struct, frozen=True, kw_only=True):
    """One document that the ERP must hold: ``total`` is the sum of its debits.

    ``document`` is the ERP's number once it told us; ``agrees`` once we read it back as equal.
    """

    business_key: str
    total: Money
    document: str = ""
    agrees: bool = False


Documents = tuple[Posted, ...]


def debits(entry: Entry) -> Money:
    """Return the sum of an entry's debits."""
    amounts = [line.money for line in entry.lines if line.money.amount > 0]
    return total(amounts, currency=entry.lines[0].money.currency)


def post(
    payload: AnyPayload, *, business_key: str, stream: StreamKey, entry: Entry, company: Company
) -> Decision:
    """Return the entry and, where there is an ERP, the delivery that posts it there."""
    if not company.policy.erp:
        return Decision(entries=(entry,))
    delivery = Delivery(
        system=company.policy.erp,
        lane=Lane.FINANCE,
        stream=stream,
        business_key=business_key,
        payload=payload,
    )
    name = ReferenceKey(ReferenceKind.ERP_DOCUMENT, business_key)
    naming = Naming(key=name, stream=stream, spelled=business_key)
    return Decision(entries=(entry,), deliveries=(delivery,), names=(naming,))


def expected(documents: Documents, *, business_key: str, amount: Money) -> Documents:
    """Return the documents with one more that the ERP must come to hold."""
    return (*documents, Posted(business_key=business_key, total=amount))


def numbered(documents: Documents, *, business_key: str, document: str) -> Documents:
    """Return the documents with the ERP's own number noted on one of them."""
    return tuple(
        structs.replace(one, document=document) if one.business_key == business_key else one
        for one in documents
    )


def compared(documents: Documents, seen: DocumentSeen) -> tuple[Documents, str]:
    """Return the documents after a look at the ERP's copy, and what differs, empty if nothing."""
    ours = next((one for one in documents if one.business_key == seen.business_key), None)
    if ours is None:
        return (
            documents,
            f"{seen.system} holds {seen.document} under {seen.business_key}, unknown here",
        )
    difference = _difference(ours, seen)
    checked = structs.replace(ours, document=ours.document or seen.document, agrees=not difference)
    return tuple(checked if one is ours else one for one in documents), difference


def _difference(ours: Posted, seen: DocumentSeen) -> str:
    if ours.document and ours.document != seen.document:
        return f"{seen.business_key} stands twice: as {ours.document} and as {seen.document}"
    if ours.total != seen.total:
        return f"{seen.document} says {seen.total}, our ledger {ours.total}"
    return ""
