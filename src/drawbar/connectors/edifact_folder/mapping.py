"""What a partner's EDIFACT file says in our words, message by message. Pure.

A message that we reject in our CONTRL is never applied, and one that we apply is never rejected.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time

from drawbar.connectors.edifact_folder.answer import read_transport_answer
from drawbar.connectors.edifact_folder.bill import read_invoice
from drawbar.connectors.edifact_folder.heard import Heard
from drawbar.connectors.edifact_folder.manifest import Settings
from drawbar.connectors.edifact_folder.receipt import read_application_answer, read_syntax_receipt
from drawbar.connectors.edifact_folder.reply import reply_to
from drawbar.connectors.edifact_folder.status import read_statuses
from drawbar.connectors.reading import Reader, Readers, reading
from drawbar.edi import (
    Document,
    Finding,
    Interchange,
    Severity,
    Stated,
    UnableToTime,
    Unparsed,
    check,
    instant,
    parse,
    read,
)
from drawbar.edi.component import component
from drawbar.edi.edifact import (
    ApplicationAnswer,
    CommercialInvoice,
    ConsignmentStatus,
    SyntaxReceipt,
    TransportAnswer,
)
from drawbar.edi.value import read_date, read_time
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem, Reading


def readers(settings: Settings) -> Readers:
    """Return what reads the files of this partner, by channel."""
    return {settings.channel: reader(settings)}


def reader(profile: Settings) -> Reader:
    """Return what reads the files of one partner."""

    def read_file(body: bytes, receipt: Receipt) -> Reading:
        return joined(_document(read(body, charset=profile.charset), profile, receipt))

    return reading(read_file)


def _document(document: Document, profile: Settings, receipt: Receipt) -> Iterator[Reading]:
    errors = _errors(document.findings, profile)
    yield Reading(problems=tuple(_finding(finding, profile, "file") for finding in errors))
    for number, interchange in enumerate(document.interchanges, start=1):
        refused = _not_ours(interchange, profile) or _broken(interchange, profile)
        if refused:
            yield Reading(problems=refused)
            continue
        yield joined(_messages(interchange, number, profile, receipt))
        yield reply_to(interchange, profile, receipt)


def _not_ours(interchange: Interchange, profile: Settings) -> tuple[Problem, ...]:
    """Refuse a file that another partner sent, that is meant for somebody else, or only a test."""
    identity, ours, theirs = interchange.identity, profile.ours, profile.theirs
    sender = (identity.sender_qualifier, identity.sender)
    receiver = (identity.receiver_qualifier, identity.receiver)
    if not interchange.is_edifact:
        return (_envelope(profile, "standard", "It is X12, and this partner speaks EDIFACT."),)
    if sender != (theirs.qualifier, theirs.id):
        text = f"It was sent by {' '.join(sender).strip()}."
        return (_envelope(profile, "sender", text),)
    if receiver != (ours.qualifier, ours.id):
        text = f"It is meant for {' '.join(receiver).strip()}."
        return (_envelope(profile, "receiver", text),)
    if interchange.is_test and not profile.is_test:
        return (_envelope(profile, "test", "It is marked as a test: nothing of it counts."),)
    return ()


def _broken(interchange: Interchange, profile: Settings) -> tuple[Problem, ...]:
    errors = _errors(interchange.findings, profile)
    return tuple(_finding(finding, profile, "UNB") for finding in errors)


def _messages(
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
            yield _message(heard, broken)


def _message(heard: Heard, broken: tuple[Finding, ...]) -> Reading:
    errors = _errors((*broken, *heard.item.findings, *check(heard.item)), heard.profile)
    if errors:
        return Reading(problems=tuple(_rejected(finding, heard) for finding in errors))
    typed, _ = parse(heard.item)
    try:
        return _typed(typed, heard)
    except ValueError as error:
        cause = type(error).__name__
        place = heard.item.segments[0].place()
        return Reading(problems=(heard.lacking(f"It says what cannot be: {error}.", place, cause),))


def _typed(typed: Stated | Unparsed, heard: Heard) -> Reading:
    match typed:
        case ConsignmentStatus():
            return joined(read_statuses(typed, heard))
        case CommercialInvoice():
            return read_invoice(typed, heard)
        case TransportAnswer():
            return read_transport_answer(typed, heard)
        case SyntaxReceipt():
            return read_syntax_receipt(typed, heard)
        case ApplicationAnswer():
            return read_application_answer(typed, heard)
        case _:
            text = f"We have no reading of a {heard.item.code} from a carrier."
            return Reading(problems=(heard.lacking(text, heard.item.segments[0].place(), "set"),))


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
        cause=f"edifact:{profile.party_ref}:{part}:{finding.code.value}",
        text=f"We could not rely on this file: {finding.text}.",
        remedy="Ask the partner to send it again, or say in the profile that we accept it.",
    )


def _envelope(profile: Settings, part: str, text: str) -> Problem:
    return Problem(
        place="UNB",
        cause=f"edifact:{profile.party_ref}:UNB:{part}",
        text=text,
        remedy="Correct the ids of the partner's profile, or move the file to its own folder.",
    )


def _sent_at(interchange: Interchange, profile: Settings) -> datetime | None:
    """Return the header's own time; None where it states none."""
    unb, dialect = interchange.header, interchange.dialect
    day = read_date(component(unb, 4, 1, dialect))
    clock = read_time(component(unb, 4, 2, dialect))
    if day is None:
        return None
    try:
        return instant(day, clock or time(), zone_code="", stop_zone=profile.zone).astimezone(UTC)
    except UnableToTime:
        return None


def joined(readings: Iterator[Reading]) -> Reading:
    """Return several readings as one, in their order."""
    parts = list(readings)
    return Reading(
        facts=tuple(fact for part in parts for fact in part.facts),
        problems=tuple(problem for part in parts for problem in part.problems),
        replies=tuple(reply for part in parts for reply in part.replies),
    )
