"""What each element of a segment is called and, where we know its code, what the code says."""

from collections.abc import Iterator

from msgspec import Struct

from drawbar.cli.edi.standard import Standard
from drawbar.cli.edi.word import EDIFACT_ELEMENTS, EDIFACT_SEGMENTS, SETS, X12_SEGMENTS
from drawbar.edi import Dialect, Segment, TransactionSet
from drawbar.edi.component import repetitions, split, unreleased
from drawbar.edi.edifact.definition import Element, read_segments
from drawbar.edi.edifact.directory.elements import ELEMENTS
from drawbar.edi.edifact.directory.segments import SEGMENTS
from drawbar.edi.value import read_cents
from drawbar.edi.x12.definition import Element as PlainElement
from drawbar.edi.x12.definition import Kind
from drawbar.edi.x12.release import Release, release_for

ISA_NAMES = (
    *("authorisation kind", "authorisation", "security kind", "security"),
    *("sender kind", "sender", "receiver kind", "receiver", "date", "time"),
    *(
        "repetition or standard",
        "version",
        "control number",
        "asks for a TA1",
        "test or production",
    ),
    "component separator",
)
GS_NAMES = ("group", "sender", "receiver", "date", "time", "control number", "agency", "version")
_ENVELOPE = {
    "ISA": ISA_NAMES,
    "GS": GS_NAMES,
    "GE": ("count of sets", "control number"),
    "IEA": ("count of groups", "control number"),
    "TA1": ("control number", "date", "time", "verdict", "why"),
}
_SERVICE = read_segments(
    """
UNB S001(0001,0002,0080,0133) S002(0004,0007,0008,0042) S003(0010,0007,0014,0046) \\
    S004(0017,0019) 0020 S005(0022,0025) 0026 0029 0031 0032 0035
UNG 0038 S006(0040,0007) S007(0044,0007) S004(0017,0019) 0048 0051 S008(0052,0054,0057)
UNE 0060 0048
UNZ 0036 0020
""",
    ELEMENTS,
)


class Part(Struct, frozen=True):
    """One element or component that is filled: where it stands, its name, its text, its label."""

    place: str
    name: str
    text: str
    label: str = ""


def segment_word(tag: str, standard: Standard) -> str:
    """Return our short word for a segment, empty where we have none."""
    return (X12_SEGMENTS if standard is Standard.X12 else EDIFACT_SEGMENTS).get(tag, "")


def parts(item: Segment, *, standard: Standard, version: str, dialect: Dialect) -> Iterator[Part]:
    """Yield what a segment says, element by element; empty ones are left out."""
    if standard is Standard.X12:
        yield from _x12_parts(item, release_for(version))
    else:
        yield from _edifact_parts(item, dialect)


def set_word(item: TransactionSet) -> str:
    """Return what a set is for in a few words, empty where we have none."""
    return SETS.get(item.code, "")


def _x12_parts(item: Segment, release: Release) -> Iterator[Part]:
    definition = release.segments.get(item.tag)
    names = _ENVELOPE.get(item.tag, ())
    uses = definition.uses if definition else ()
    for number, text in enumerate(item.elements, start=1):
        if not text:
            continue
        element = uses[number - 1].element if number <= len(uses) else None
        name = element.name.replace("_", " ") if element and element.name != "any" else ""
        name = names[number - 1] if number <= len(names) else name
        yield Part(f"{number:02d}", name, text, _label(element, text, release))


def _label(element: PlainElement | None, text: str, release: Release) -> str:
    """Return what a code says, or an amount of cents in major units."""
    if element is None:
        return ""
    if element.kind is Kind.N2 and (amount := read_cents(text).value) is not None:
        return f"{amount:,.2f}"
    return release.codes.get(element.codes, {}).get(text.strip(), "")


def _edifact_parts(item: Segment, dialect: Dialect) -> Iterator[Part]:
    definition = SEGMENTS.get(item.tag) or _SERVICE.get(item.tag)
    elements = definition.elements if definition else ()
    for number in range(1, len(item.elements) + 1):
        element = elements[number - 1] if number <= len(elements) else None
        for each in repetitions(item, number, dialect):
            yield from _components(each, number, element, dialect)


def _components(
    text: str, number: int, element: Element | None, dialect: Dialect
) -> Iterator[Part]:
    stated = split(text, dialect.component, dialect.release)
    known = element.components if element else ()
    for place, one in enumerate(stated, start=1):
        if one:
            inner = f"-{place}" if len(stated) > 1 or len(known) > 1 else ""
            code = known[place - 1].number if place <= len(known) else ""
            name = EDIFACT_ELEMENTS.get(code, code)
            yield Part(f"{number:02d}{inner}", name, unreleased(one, dialect.release))
