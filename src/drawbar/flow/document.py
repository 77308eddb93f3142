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
    ``held`` is every number that was seen to stand under our key, with its total; ``cancelled``
    are those that the ERP took back, for good.
    """

    business_key: str
    total: Money
    document: str = ""
    agrees: bool = False
    held: dict[str, Money] = {}
    cancelled: tuple[str, ...] = ()

    @property
    def difference(self) -> str:
        """Return in which the ERP's copy differs from our ledger, empty if in nothing."""
        said = {self.document} - {"", *self.cancelled}
        numbers = sorted(said | self.held.keys())
        if not numbers and self.cancelled:
            gone = ", ".join(self.cancelled)
            return f"{gone} is cancelled, and nothing else stands under {self.business_key}"
        if len(numbers) > 1:
            times = "twice" if len(numbers) == 2 else f"{len(numbers)} times"
            return f"{self.business_key} stands {times}: as {' and as '.join(numbers)}"
        wrong = (f"{one} says {money}" for one, money in self.held.items() if money != self.total)
        return next((f"{text}, our ledger {self.total}" for text in wrong), "")


Documents = tuple[Posted, ...]

CANCELLED = frozenset({"cancelled", "reversed", "void"})
"""In which states a document of the ERP counts no more."""


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
        _numbered(one, document) if one.business_key == business_key else one for one in documents
    )


def _numbered(one: Posted, document: str) -> Posted:
    now = structs.replace(one, document=document)
    return structs.replace(now, agrees=one.agrees and not now.difference)


def compared(documents: Documents, seen: DocumentSeen) -> tuple[Documents, str]:
    """Return the documents after a look at the ERP's copy, and what differs, empty if nothing."""
    ours = next((one for one in documents if one.business_key == seen.business_key), None)
    if ours is None:
        return (
            documents,
            f"{seen.system} holds {seen.document} under {seen.business_key}, unknown here",
        )
    looked = _looked_at(ours, seen)
    checked = structs.replace(looked, agrees=not looked.difference)
    return tuple(checked if one is ours else one for one in documents), checked.difference


def _looked_at(ours: Posted, seen: DocumentSeen) -> Posted:
    """Return the document with one more look at the ERP; what was cancelled stays cancelled."""
    number = seen.document
    gone = set(ours.cancelled) | ({number} if seen.state in CANCELLED else set())
    held = {
        one: money for one, money in (ours.held | {number: seen.total}).items() if one not in gone
    }
    known = ours.document if ours.document and ours.document not in gone else ""
    return structs.replace(
        ours,
        document=known or next(iter(held), ours.document or number),
        held=held,
        cancelled=tuple(sorted(gone)),
    )
