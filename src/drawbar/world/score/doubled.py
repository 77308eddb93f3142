"""What was done twice: posted, paid, invoiced or tendered."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from drawbar.world.score.claim import Claim
from drawbar.world.score.evidence import Booked, Evidence, Tendered
from drawbar.world.score.finding import Finding
from drawbar.world.score.invoiced import invoices_by_shipment
from drawbar.world.score.outcome import Matched
from drawbar.world.score.story import Story

NOTHING = Decimal(0)


def doubled(story: Story, evidence: Evidence, matches: Matched) -> tuple[Finding, ...]:
    """Return everything that was done twice, in order."""
    posted = [one for one in evidence.documents if one.state == "posted"]
    found = [
        *_documents(posted),
        *_bills(matches),
        *_loads(story, matches),
        *_invoices(story, posted),
        *_payments(posted, evidence),
        *_tenders(evidence.tenders),
    ]
    return tuple(sorted(found))


def _documents(posted: list[Booked]) -> Iterator[Finding]:
    """Yield documents that bear one business key, and others of one kind with one reference."""
    by_key: dict[str, Booked] = {}
    by_reference: dict[tuple[str, str, str], Booked] = {}
    for one in posted:
        name = (one.kind, one.party, one.reference)
        if one.origin and one.origin in by_key:
            text = f"{by_key[one.origin].number} and {one.number} stand for it"
            yield Finding(rule="document_twice", subject=one.origin, text=text)
        elif name in by_reference:
            text = f"{by_reference[name].number} and {one.number} bear this reference"
            yield Finding(rule="reference_twice", subject=one.reference, text=text)
        by_key.setdefault(one.origin, one)
        by_reference.setdefault(name, one)


def _bills(matches: Matched) -> Iterator[Finding]:
    for one in matches.outcomes:
        ours = [claim.ours for claim in one.claims if claim.amount > 0]
        for again in ours[1:]:
            text = f"{one.bill.number} is vouchered as {ours[0]} and as {again}"
            yield Finding(rule="bill_twice", subject=one.bill.key, text=text)


def _loads(story: Story, matches: Matched) -> Iterator[Finding]:
    """Yield loads for which more was vouchered than was ever billed."""
    billed: dict[tuple[str, str, str], Decimal] = {}
    for one in matches.outcomes:
        name = (one.bill.carrier, one.bill.order, one.bill.currency)
        billed[name] = billed.get(name, NOTHING) + max(one.billed, one.payable)
    claims = [(one.bill.carrier, claim) for one in matches.outcomes for claim in one.claims]
    claims += [(claim.carrier, claim) for claim in matches.strays]
    for name, paid in _by_load(story, claims).items():
        if name in billed and paid > billed[name]:
            text = f"{paid} vouchered of {billed[name]} billed by {name[0]}, {name[2]}"
            yield Finding(rule="load_above_billed", subject=name[1], text=text)


def _by_load(
    story: Story, claims: Iterable[tuple[str, Claim]]
) -> dict[tuple[str, str, str], Decimal]:
    orders = story.orders_by_shipment
    paid: dict[tuple[str, str, str], Decimal] = {}
    for carrier, claim in claims:
        name = (carrier, orders.get(claim.shipment, ""), claim.currency)
        paid[name] = paid.get(name, NOTHING) + claim.amount
    return paid


def _invoices(story: Story, posted: list[Booked]) -> Iterator[Finding]:
    """Yield invoices over the same amount for one load."""
    for shipment, invoices in invoices_by_shipment(story, posted).items():
        names = Counter((one.party, one.currency, one.total) for one in invoices)
        same = [name for name, times in names.items() if shipment and times > 1]
        for party, currency, total in same:
            numbers = [one.number for one in invoices if one.total == total]
            text = f"{' and '.join(numbers)} are over {total} {currency} each for {party}"
            yield Finding(rule="invoiced_twice", subject=shipment, text=text)


def _payments(posted: list[Booked], evidence: Evidence) -> Iterator[Finding]:
    paid: dict[int, Decimal] = {}
    for one in evidence.payments:
        paid[one.document] = paid.get(one.document, NOTHING) + one.amount
    for document in posted:
        if paid.get(document.id, NOTHING) > document.total and document.kind != "journal":
            text = f"{paid[document.id]} was paid of {document.total} {document.currency}"
            yield Finding(rule="paid_beyond", subject=document.number, text=text)


def _tenders(tenders: Iterable[Tendered]) -> Iterator[Finding]:
    """Yield tenders that reached a carrier twice, and two offers of one load that it accepted."""
    accepted: dict[tuple[str, str, str], str] = {}
    for one in tenders:
        if one.offers > 1:
            text = f"it reached {one.book} {one.offers} times"
            yield Finding(rule="tender_twice", subject=one.tender, text=text)
        name = (one.book, one.shipment, one.wants)
        if one.shipment and one.purpose == "offer" and one.state == "accepted":
            if name in accepted:
                text = f"{one.book} accepted it as {accepted[name]} and as {one.tender}"
                yield Finding(rule="load_twice", subject=one.shipment, text=text)
            accepted.setdefault(name, one.tender)
