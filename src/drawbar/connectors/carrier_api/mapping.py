"""What this carrier's feed says in our words: answers, tracking, proof of delivery, bills. Pure."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Raw, Struct

from drawbar.connectors.amount import amount_of, refuse_repeated
from drawbar.connectors.carrier_api.manifest import Settings
from drawbar.connectors.charge_word import unread
from drawbar.connectors.code_table import TABLE_OF_WORD
from drawbar.connectors.reading import Readers, Said, Unreadable, decoded, reading
from drawbar.freight.attribute import UNTOLD, Locality, Move, Tally
from drawbar.freight.case import CaseKind
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import (
    LINES_MAX,
    BillLine,
    BillReceived,
    FreightBill,
    Sense,
    Shown,
)
from drawbar.freight.identity import key_for, minted
from drawbar.freight.lineage import Receipt
from drawbar.freight.milestone import MilestoneReported, PodReceived, Source
from drawbar.freight.money import Currency, Money, total
from drawbar.freight.reading import Problem, Reading
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.tender import Answer, TenderAnswered

KINDS = {"order": ReferenceKind.ORDER, "po": ReferenceKind.PO, "bol": ReferenceKind.BOL}
"""Words of ``references``; other names are kept in the message and not searched by."""

ANSWERS = {"tender.accepted": Answer.ACCEPTED, "tender.declined": Answer.DECLINED}


Word = Annotated[str, Meta(max_length=200)]
Words = Annotated[str, Meta(max_length=2_000)]
Day = date  # a field is called ``date`` too
StopNumber = Annotated[int, Meta(ge=0, le=1_000)]


class _Pod(Struct, frozen=True, kw_only=True):
    signed_by: str = ""
    signed_on: date | None = None
    pieces: int | None = None
    legible: bool = True
    remarks: str = ""
    document: str = ""


class _Line(Struct, frozen=True, kw_only=True):
    """``shown`` is how the carrier says it came to the amount; it may leave it out."""

    code: Word
    amount: Raw
    description: Words = ""
    stop: StopNumber = 0
    shown: Shown | None = None


class _Place(Struct, frozen=True, kw_only=True):
    postal_code: Word = ""
    city: Word = ""
    state: Word = ""

    @property
    def locality(self) -> Locality:
        return Locality(postal_code=self.postal_code, city=self.city, region=self.state)


class _Invoice(Struct, frozen=True, kw_only=True):
    number: Word
    date: date
    currency: Currency
    total: Raw
    lines: Annotated[tuple[_Line, ...], Meta(max_length=LINES_MAX)]
    remit_to: Word = ""
    corrects: Word = ""
    ship_date: Day | None = None
    origin: _Place = _Place()
    destination: _Place = _Place()
    weight_lb: Decimal | None = None

    @property
    def move(self) -> Move | None:
        """Return what the invoice says of the move itself, None where that is nothing."""
        said = Move(
            ship_on=self.ship_date,
            origin=self.origin.locality,
            destination=self.destination.locality,
            header=Tally(weight_lb=self.weight_lb),
        )
        return None if said == UNTOLD else said


class _Event(Struct, frozen=True, kw_only=True):
    """Unknown fields are ignored on purpose: the carrier adds some without a new version."""

    id: str
    type: str
    occurred_at: datetime
    tender_id: Word = ""
    shipment_id: Word = ""
    pro: Word = ""
    references: dict[Word, Word] = {}
    reason: Words = ""
    status: str = ""
    stop: int = 0
    pod: _Pod | None = None
    invoice: _Invoice | None = None


def readers(settings: Settings) -> Readers:
    """Return what reads the feed of this carrier, by channel."""
    return {
        settings.channel: reading(lambda body, receipt: _read(body, receipt, settings)),
    }


def _read(body: bytes, receipt: Receipt, settings: Settings) -> Reading:
    event = decoded(body, _Event, cause=f"api:{settings.party_ref}:event")
    if event.invoice:
        refuse_repeated(body, cause=f"api:{settings.party_ref}:event")
    fact = _fact(event, receipt, settings)
    unknown = _unread(fact.bill, settings) if isinstance(fact, BillReceived) else ()
    return Reading(facts=(fact,), problems=tuple(unknown))


def _fact(event: _Event, receipt: Receipt, settings: Settings) -> Fact:
    said = Said(
        key=key_for("api", settings.party_ref, event.id),
        happened_at=_instant(event.occurred_at),
        learned_at=receipt.learned_at,
        lineage=receipt.at("$"),
    )
    names = _names(event, settings)
    if event.type in ANSWERS:
        return TenderAnswered(
            carrier_ref=settings.party_ref,
            references=names,
            answer=ANSWERS[event.type],
            reason=event.reason,
            pro=event.pro,
            **said,
        )
    if event.type == "tracking":
        return _milestone(event, names, settings, said)
    if event.type == "pod" and event.pod:
        return _pod(event.pod, names, settings, said)
    if event.type == "invoice" and event.invoice:
        return _bill(event.invoice, names, settings, said)
    raise _unknown("type", event.type, settings)


def _milestone(
    event: _Event, names: tuple[Reference, ...], settings: Settings, said: Said
) -> MilestoneReported:
    kind = settings.milestone(event.status)
    if kind is None:
        raise _unknown("status", event.status, settings)
    return MilestoneReported(
        references=names,
        milestone=kind,
        source=Source.CARRIER,
        reported_by=settings.party_ref,
        stop=event.stop,
        local_at=event.occurred_at if event.occurred_at.tzinfo is None else None,
        reason=event.reason,
        **said,
    )


def _pod(pod: _Pod, names: tuple[Reference, ...], settings: Settings, said: Said) -> PodReceived:
    return PodReceived(
        references=names,
        signer=pod.signed_by,
        signed_on=pod.signed_on,
        pieces=pod.pieces,
        legible=pod.legible,
        notes=pod.remarks,
        document=pod.document,
        reported_by=settings.party_ref,
        **said,
    )


def _bill(
    invoice: _Invoice, names: tuple[Reference, ...], settings: Settings, said: Said
) -> BillReceived:
    lines = tuple(_lines(invoice, settings))
    stated = Money(_amount(invoice.total, "$.invoice.total", settings), invoice.currency)
    again = unread(lines)
    told = said | {"key": key_for(said["key"], *again)} if again else said
    own = Reference(ReferenceKind.CARRIER_INVOICE, invoice.number, settings.party_ref)
    bill = FreightBill(
        bill_ref=minted("B", cause=said["key"], learned_at=_midnight(invoice.date)),
        carrier_ref=settings.party_ref,
        invoice_number=invoice.number,
        billed_on=invoice.date,
        currency=invoice.currency,
        references=(*names, own),
        lines=lines,
        total=stated,
        document_total=stated,
        document_lines_total=total((one.money for one in lines), currency=invoice.currency),
        remit_to=invoice.remit_to,
        corrects=invoice.corrects,
        move=invoice.move,
    )
    return BillReceived(bill=bill, **told)


def _lines(invoice: _Invoice, settings: Settings) -> Iterator[BillLine]:
    for number, line in enumerate(invoice.lines, start=1):
        place = f"$.invoice.lines[{number - 1}]"
        meaning = settings.charge(line.code, invoice.date)
        yield BillLine(
            number=number,
            kind=meaning.kind,
            sense=meaning.sense,
            said=meaning.said,
            money=Money(_amount(line.amount, f"{place}.amount", settings), invoice.currency),
            stop=line.stop,
            code=line.code,
            text=line.description,
            place=place,
            shown=line.shown,
        )


def _amount(raw: Raw, place: str, settings: Settings) -> Decimal:
    return amount_of(raw, place=place, cause=f"api:{settings.party_ref}:invoice")


def _unread(bill: FreightBill, settings: Settings) -> Iterator[Problem]:
    """Yield the codes that nobody understands, each once; they keep no bill back."""
    unknown = {one.code: one for one in reversed(bill.lines) if one.sense is Sense.UNKNOWN}
    for line in reversed(unknown.values()):
        yield _unknown("charge", line.code, settings, place=f"{line.place}.code").problem


def _names(event: _Event, settings: Settings) -> tuple[Reference, ...]:
    named = (
        (ReferenceKind.TENDER, event.tender_id, ""),
        (ReferenceKind.SHIPMENT, event.shipment_id, ""),
        (ReferenceKind.PRO, event.pro, settings.party_ref),
        *((KINDS[word], value, "") for word, value in event.references.items() if word in KINDS),
    )
    names = tuple(Reference(kind, value, party) for kind, value, party in named if value)
    if not names and event.type != "invoice":  # a bill without a load waits as a bill
        raise Unreadable(
            "The event names no load.",
            place="$.tender_id",
            cause=f"api:{settings.party_ref}:no_name",
            remedy="Ask the carrier which load it is about, and enter it by hand.",
        )
    return names


def _unknown(what: str, code: str, settings: Settings, *, place: str = "") -> Unreadable:
    return Unreadable(
        f"{settings.party_ref} sent the {what} {code!r}, which has no meaning here yet.",
        place=place or f"$.{what}",
        cause=f"api:{settings.party_ref}:{what}:{code}",
        remedy=f"Say what {code!r} means, here or in the profile; what waits is read again.",
        kind=CaseKind.UNKNOWN_CODE,
        unknown=(TABLE_OF_WORD.get(what, ""), code),
    )


def _instant(stated: datetime) -> datetime:
    """Read a clock without a zone as UTC: beside it stands that it is the wall's."""
    return stated.replace(tzinfo=UTC) if stated.tzinfo is None else stated.astimezone(UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
