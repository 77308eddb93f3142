"""Read and build what business sets share: REF, DTM, PER, NM1, AMT, QTY, MAN and parties.

Source: X12 segment directory, release 004010, restated.
"""

from collections.abc import Iterable, Iterator

from msgspec import structs

from drawbar.edi.detail import Contact, Moment, Party, Reference
from drawbar.edi.detail_general import Mark, Person, StatedAmount, StatedQuantity
from drawbar.edi.segment import Segment, segment
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.detail_builder import build_parties
from drawbar.edi.x12.line import Line
from drawbar.edi.x12.structure import Loop

REF = Line("REF", "qualifier value text")
DTM = Line("DTM", "qualifier on:date clock:time zone period_format period")
NM1 = Line("NM1", "role kind name first_name middle_name prefix suffix id_qualifier id")
AMT = Line("AMT", "qualifier amount:decimal")
QTY = Line("QTY", "qualifier quantity:decimal unit")
MAN = Line("MAN", "qualifier value last")
_NUMBERS = ((3, 4), (5, 6), (7, 8))
"""Where a PER states a kind of number and the number."""


def references(loop: Loop) -> tuple[Reference, ...]:
    """Return the REF segments of this loop itself; the qualifier is always first."""
    return tuple(Reference(**REF.read(item)) for item in loop.every("REF"))


def moments(loop: Loop) -> tuple[Moment, ...]:
    """Return the DTM segments of this loop itself."""
    return tuple(Moment(**DTM.read(item)) for item in loop.every("DTM"))


def contacts(loop: Loop) -> tuple[Contact, ...]:
    """Return the PER segments of this loop itself, one contact for each number in them."""
    return tuple(contact for item in loop.every("PER") for contact in _contacts(item))


def _contacts(item: Segment) -> Iterator[Contact]:
    for kind, number in _NUMBERS:
        if kind == 3 or item.get(kind) or item.get(number):
            yield Contact(
                function=item.get(1),
                name=item.get(2),
                kind=item.get(kind),
                number=item.get(number),
                at=read.places(item, function=1, name=2, kind=kind, number=number),
            )


def people(loop: Loop) -> tuple[Person, ...]:
    """Return the NM1 loops directly inside ``loop``."""
    return tuple(
        Person(
            **NM1.read(inner.first("NM1")),
            references=references(inner),
            contacts=contacts(inner),
            moments=moments(inner),
        )
        for inner in loop.inside("person")
    )


def amounts(loop: Loop) -> tuple[StatedAmount, ...]:
    """Return the AMT segments of this loop itself."""
    return tuple(StatedAmount(**AMT.read(item)) for item in loop.every("AMT"))


def quantities(loop: Loop) -> tuple[StatedQuantity, ...]:
    """Return the QTY segments of this loop itself."""
    return tuple(StatedQuantity(**QTY.read(item)) for item in loop.every("QTY"))


def marks(loop: Loop) -> tuple[Mark, ...]:
    """Return the MAN segments of this loop itself; one may name two marks."""
    return tuple(mark for item in loop.every("MAN") for mark in _marks(item))


def _marks(item: Segment) -> Iterator[Mark]:
    yield Mark(**MAN.read(item))
    if item.get(4) or item.get(5):
        at = read.places(item, qualifier=4, value=5, last=6)
        yield Mark(qualifier=item.get(4), value=item.get(5), last=item.get(6), at=at)


def parties(loop: Loop) -> tuple[Party, ...]:
    """Return the N1 loops directly inside ``loop``, with what REF, DTM and PER say of them."""
    found = zip(read.parties(loop), loop.inside("party"), strict=True)
    return tuple(
        structs.replace(
            party,
            references=party.references + references(inner),
            contacts=party.contacts + contacts(inner),
            moments=party.moments + moments(inner),
        )
        for party, inner in found
    )


def build_references(items: Iterable[Reference]) -> Iterator[Segment]:
    """Build REF segments."""
    return map(REF.write, items)


def build_moments(items: Iterable[Moment]) -> Iterator[Segment]:
    """Build DTM segments."""
    return map(DTM.write, items)


def build_contacts(items: Iterable[Contact]) -> Iterator[Segment]:
    """Build PER segments, one for each number."""
    for item in items:
        yield segment("PER", item.function, item.name, item.kind, item.number)


def build_people(items: Iterable[Person]) -> Iterator[Segment]:
    """Build NM1 loops."""
    for item in items:
        yield NM1.write(item)
        yield from build_references(item.references)
        yield from build_contacts(item.contacts)
        yield from build_moments(item.moments)


def build_general_parties(items: Iterable[Party]) -> Iterator[Segment]:
    """Build N1 loops whose references, contacts and dates go out as REF, PER and DTM."""
    for item in items:
        yield from build_parties([structs.replace(item, references=(), contacts=(), moments=())])
        yield from build_references(item.references)
        yield from build_contacts(item.contacts)
        yield from build_moments(item.moments)
