"""What the flat files of a partner say in our words, by their layouts. Pure.

What is wrong with one order, event or bill keeps no other back; a file whose counts or sums are
wrong is not whole, and nothing of it counts.
"""

from bisect import bisect_right
from collections.abc import Iterator

from drawbar.connectors.digest import digest
from drawbar.connectors.flat.bill import read_bill, unknown_charges
from drawbar.connectors.flat.heard import Entry, Heard
from drawbar.connectors.flat.layout import LineEnd
from drawbar.connectors.flat.manifest import OTHER, Settings
from drawbar.connectors.flat.order import read_order
from drawbar.connectors.flat.reader import read
from drawbar.connectors.flat.record import FlatFile
from drawbar.connectors.flat.saying import read_answer, read_proof, read_status
from drawbar.connectors.flat.vocabulary import Means
from drawbar.connectors.reading import Reader, Readers, Unreadable, reading
from drawbar.connectors.told import Outcome, reading_of
from drawbar.edi import Finding, FindingCode, Severity
from drawbar.freight.case import CaseKind
from drawbar.freight.lineage import Receipt
from drawbar.freight.reading import Problem, Reading

OF_THE_WHOLE = frozenset(
    {
        FindingCode.COUNT_WRONG,
        FindingCode.CHARGES_DO_NOT_FOOT,
        FindingCode.TRAILER_MISSING,
        FindingCode.TERMINATOR_MISSING,
        FindingCode.LIMIT_REACHED,
        FindingCode.NO_INTERCHANGE,
    }
)
"""Findings that say that the file is not whole."""


def readers(settings: Settings) -> Readers:
    """Return what reads each kind of this partner's files, by channel."""
    known: dict[str, Reader] = {
        settings.channel(name): reading(_reader(name, settings)) for name in settings.read.values()
    }
    return known | {settings.channel(OTHER): reading(lambda *_: _unnamed(settings))}


def _reader(name: str, settings: Settings) -> Reader:
    def read_file(body: bytes, receipt: Receipt) -> Reading:
        layout = settings.described[name]
        file = read(body, layout)
        heard = Heard(
            records=file.records, layout=layout, name=name, profile=settings, receipt=receipt
        )
        wrong = [one for one in file.findings if settings.weigh(one) is Severity.ERROR]
        problems = tuple(_problem(one, heard) for one in wrong)
        spoilt = _spoilt(wrong, file, heard)
        if spoilt is None:
            return Reading(problems=problems)
        found = reading_of(_outcomes(heard, spoilt, digest(body)), receipt)
        return Reading(facts=found.facts, problems=(*problems, *_once(found.problems)))

    return read_file


def _outcomes(heard: Heard, spoilt: set[int], file: str) -> Iterator[Outcome]:
    for place, entry in heard.mains():
        if place in spoilt:
            continue
        try:
            yield from _read(place, entry, file)
        except Unreadable as error:
            yield error.problem
        except ValueError as error:  # a value that our own types refuse
            yield _impossible(error, entry)


def _read(place: int, entry: Entry, file: str) -> Iterator[Outcome]:
    match entry.heard.layout.means:
        case Means.ANSWERS:
            yield read_answer(entry)
        case Means.STATUS:
            yield read_status(entry)
        case Means.PODS:
            yield read_proof(entry)
        case Means.ORDERS:
            yield read_order(place, entry)
        case Means.BILLS:
            bill = read_bill(place, entry, file=file)
            yield bill
            yield from (one.problem for one in unknown_charges(place, entry, bill))
        case Means.TENDERS:
            entry.refuse("tender", "tenders are written, not read", "means")


def _spoilt(wrong: list[Finding], file: FlatFile, heard: Heard) -> set[int] | None:
    """Return the main records within which something is wrong, None where it is the whole file."""
    mains = [place for place, _ in heard.mains()]
    numbers = [file.records[place].number for place in mains]
    claiming = {one.name for one in heard.layout.records if one.counts or one.sums}
    trailers = {one.number for one in file.records if one.kind in claiming}
    spoilt: set[int] = set()
    for one in wrong:
        position = bisect_right(numbers, one.place.segment) - 1
        is_of_the_whole = one.code in OF_THE_WHOLE or one.place.segment in trailers
        if is_of_the_whole or position < 0:
            return None
        spoilt.add(mains[position])
    return spoilt


def _problem(finding: Finding, heard: Heard) -> Problem:
    place, said = finding.place, finding.text
    if finding.expected or finding.actual:
        said = f"{said} (expected {finding.expected or 'nothing'}, found {finding.actual})"
    unit = "record" if heard.layout.line_end is LineEnd.NONE else "line"
    return Problem(
        place=f"{unit} {place.segment} field {place.element} offset {place.offset}",
        cause=heard.cause(finding.code.value, finding.tag, place.element),
        text=f"{unit.capitalize()} {place.segment}: {said}.",
        remedy="Ask the partner for a corrected file, or mend the layout or what findings weigh.",
    )


def _once(problems: tuple[Problem, ...]) -> Iterator[Problem]:
    """Yield the first problem of each cause that one entry in the profile mends; all others."""
    seen: set[str] = set()
    for one in problems:
        if one.kind is not CaseKind.UNKNOWN_CODE or one.cause not in seen:
            seen.add(one.cause)
            yield one


def _impossible(error: ValueError, entry: Entry) -> Problem:
    return Problem(
        place=entry.where(),
        cause=entry.heard.cause(type(error).__name__),
        text=f"{entry.where()} says what cannot be: {error}.",
        remedy="Ask the partner for a corrected file, or enter it by hand.",
    )


def _unnamed(settings: Settings) -> Reading:
    begin = ", ".join(settings.read) or "nothing"
    problem = Problem(
        place="line 1",
        cause=f"{settings.channel(OTHER)}:name",
        text="The name of this file does not say which layout it has.",
        remedy=f"Ask the partner to begin its name with one of {begin}, or extend 'read'.",
    )
    return Reading(problems=(problem,))
