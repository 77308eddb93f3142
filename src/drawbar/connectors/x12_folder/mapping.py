"""What a partner's X12 file says in our words, set by set. Pure.

A set that we reject in our 997 is never applied, and one that we apply is never rejected.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from drawbar.connectors.reading import Reader, Readers, reading
from drawbar.connectors.x12_folder.agreement import held_to
from drawbar.connectors.x12_folder.answer import read_answer
from drawbar.connectors.x12_folder.bill import read_bill
from drawbar.connectors.x12_folder.heard import Heard
from drawbar.connectors.x12_folder.manifest import Settings
from drawbar.connectors.x12_folder.numbers import numbers_in
from drawbar.connectors.x12_folder.order import read_order
from drawbar.connectors.x12_folder.receipt import (
    read_advice,
    read_envelope_receipt,
    read_receipt,
)
from drawbar.connectors.x12_folder.reply import reply_to
from drawbar.connectors.x12_folder.status import read_status
from drawbar.connectors.x12_folder.unit import in_standard_units
from drawbar.edi import (
    Acknowledgement,
    ApplicationAdvice,
    Document,
    Finding,
    FreightInvoice,
    Interchange,
    LoadTender,
    RemittanceAdvice,
    Severity,
    ShipmentStatus,
    TenderAnswer,
    TransactionSet,
    Typed,
    UnableToTime,
    WarehouseOrder,
    WarehouseShipment,
    check,
    instant,
    interchange_receipts,
    parse,
    read,
)
from drawbar.edi.value import read_date, read_time
from drawbar.freight.fact import Fact
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem, Reading


def readers(settings: Settings) -> Readers:
    """Return what reads the files of this partner, by channel."""
    return {settings.channel: reader(settings)}


def reader(profile: Settings) -> Reader:
    """Return what reads the files of one partner."""

    def read_file(body: bytes, receipt: Receipt) -> Reading:
        document = read(body, charset=profile.charset)
        return _joined(_document(document, profile, receipt))

    return reading(read_file)


def _document(document: Document, profile: Settings, receipt: Receipt) -> Iterator[Reading]:
    problems = [
        _finding(finding, profile, "file") for finding in _errors(document.findings, profile)
    ]
    yield Reading(problems=tuple(problems))
    for number, read_one in enumerate(document.interchanges, start=1):
        interchange = held_to(read_one, profile.required)
        strange = _not_ours(interchange, profile)
        refused = strange or _broken(interchange, profile)
        if not strange:
            yield Reading(numbers=tuple(numbers_in(interchange, profile.system)))
        if refused:
            yield Reading(problems=refused)
            continue
        yield _joined(_sets(interchange, number, profile, receipt))
        yield Reading(facts=tuple(_envelope_receipts(interchange, number, profile, receipt)))
        yield reply_to(interchange, profile, receipt)


def _not_ours(interchange: Interchange, profile: Settings) -> tuple[Problem, ...]:
    """Refuse a file that another partner sent, that is meant for somebody else, or only a test."""
    identity = interchange.identity
    sender = (identity.sender_qualifier, identity.sender)
    receiver = (identity.receiver_qualifier, identity.receiver)
    if interchange.is_edifact:
        return (_envelope(profile, "standard", "It is EDIFACT; this profile is for X12."),)
    if not profile.is_theirs(*sender):
        return (_envelope(profile, "sender", f"It was sent by {' '.join(sender)}."),)
    if not profile.is_ours(*receiver):
        return (_envelope(profile, "receiver", f"It is meant for {' '.join(receiver)}."),)
    if interchange.is_test and not profile.is_test:
        return (_envelope(profile, "test", "It is marked as a test: nothing of it counts."),)
    return ()


def _broken(interchange: Interchange, profile: Settings) -> tuple[Problem, ...]:
    errors = _errors(interchange.findings, profile)
    return tuple(_finding(finding, profile, "ISA") for finding in errors)


def _sets(
    interchange: Interchange, number: int, profile: Settings, receipt: Receipt
) -> Iterator[Reading]:
    sent_at = _sent_at(interchange, profile) or receipt.learned_at
    counted = 0
    for group in interchange.groups:
        broken = _errors(group.findings, profile)
        for item in group.sets:
            counted += 1
            heard = Heard(
                profile=profile,
                receipt=receipt,
                identity=interchange.identity,
                interchange=number,
                number=counted,
                item=item,
                sent_at=sent_at,
            )
            yield _set(heard, broken)


def _envelope_receipts(
    interchange: Interchange, number: int, profile: Settings, receipt: Receipt
) -> Iterator[Fact]:
    """Yield what the partner made of envelopes of ours, as its TA1s say."""
    for counted, stated in enumerate(interchange_receipts(interchange), start=1):
        heard = Heard(
            profile=profile,
            receipt=receipt,
            identity=interchange.identity,
            interchange=number,
            number=0,
            item=TransactionSet(code="TA1", control_number="", version="", segments=()),
            sent_at=_sent_at(interchange, profile) or receipt.learned_at,
        )
        yield read_envelope_receipt(stated, heard, counted)


def _set(heard: Heard, broken: tuple[Finding, ...]) -> Reading:
    errors = _errors((*broken, *heard.item.findings, *check(heard.item)), heard.profile)
    if errors:
        return Reading(problems=tuple(_rejected(finding, heard) for finding in errors))
    typed, _ = parse(heard.item, references_reversed=heard.profile.references_reversed)
    if isinstance(typed, Typed):
        return _careful(in_standard_units(typed, heard.profile.units), heard)
    return _unread(heard)


def _unread(heard: Heard) -> Reading:
    text = f"We have no reading of a {heard.item.code} yet."
    return Reading(problems=(heard.lacking(text, heard.item.segments[0].place(), "set"),))


def _careful(typed: Typed, heard: Heard) -> Reading:
    """Keep one set whose values cannot be true from taking the others with it."""
    try:
        return _typed(typed, heard)
    except ValueError as error:
        cause = type(error).__name__
        place = heard.item.segments[0].place()
        return Reading(problems=(heard.lacking(f"It says what cannot be: {error}.", place, cause),))


def _typed(typed: Typed, heard: Heard) -> Reading:
    match typed:
        case TenderAnswer():
            return read_answer(typed, heard)
        case ShipmentStatus():
            return read_status(typed, heard)
        case FreightInvoice():
            return read_bill(typed, heard)
        case Acknowledgement():
            return read_receipt(typed, heard)
        case LoadTender() if heard.profile.role == "customer":
            return read_order(typed, heard)
        case LoadTender():
            text = f"{heard.profile.party_ref} carries for us and does not tender to us."
            problem = heard.lacking(text, heard.item.segments[0].place(), "role")
            return Reading(problems=(problem,))
        case ApplicationAdvice():
            return read_advice(typed, heard)
        case RemittanceAdvice() | WarehouseOrder() | WarehouseShipment():
            return _unread(heard)


def _errors(findings: tuple[Finding, ...], profile: Settings) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if profile.weigh(finding) is Severity.ERROR)


def _rejected(finding: Finding, heard: Heard) -> Problem:
    return Problem(
        place=heard.where(finding.place),
        cause=heard.cause("finding", finding.code.value),
        text=f"We rejected this {heard.item.code}: {finding.text}.",
        remedy="The partner mends it, or the profile says that we accept it.",
    )


def _finding(finding: Finding, profile: Settings, part: str) -> Problem:
    return Problem(
        place=part if finding.place.offset < 0 else f"{part} / byte {finding.place.offset}",
        cause=f"x12:{profile.party_ref}:{part}:{finding.code.value}",
        text=f"We could not rely on this file: {finding.text}.",
        remedy="Ask the partner to send it again, or say in the profile that we accept it.",
    )


def _envelope(profile: Settings, part: str, text: str) -> Problem:
    return Problem(
        place="ISA",
        cause=f"x12:{profile.party_ref}:ISA:{part}",
        text=text,
        remedy="Correct the ids of the partner's profile, or move the file to its own folder.",
    )


def _sent_at(interchange: Interchange, profile: Settings) -> datetime | None:
    """Return the envelope's own time; None where it states none."""
    isa = interchange.header
    day, clock = read_date(isa.get(9)), read_time(isa.get(10))
    if day is None:
        return None
    try:
        return instant(day, clock or time(), zone_code="", stop_zone=profile.zone).astimezone(UTC)
    except UnableToTime:
        return None


def _joined(readings: Iterator[Reading]) -> Reading:
    parts = list(readings)
    return Reading(
        facts=tuple(fact for part in parts for fact in part.facts),
        problems=tuple(problem for part in parts for problem in part.problems),
        replies=tuple(reply for part in parts for reply in part.replies),
        numbers=tuple(number for part in parts for number in part.numbers),
    )
