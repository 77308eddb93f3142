"""Read the small things that our sets share: references, parties, dates, weights, notes.

Each value keeps the place where it stood. What cannot be read stays empty beside its finding.
"""

from collections.abc import Iterable, Iterator

from drawbar.edi.detail import (
    Contact,
    Equipment,
    Handling,
    Moment,
    Note,
    Party,
    Reference,
    RoutingLeg,
    Weight,
)
from drawbar.edi.place import Place
from drawbar.edi.segment import Segment
from drawbar.edi.value import Amount, read_cents, read_date, read_decimal, read_time, read_whole
from drawbar.edi.x12.structure import Loop


def places(item: Segment, **elements: int) -> dict[str, Place]:
    """Return field name -> place, for the elements that are filled."""
    stated, segment, offset = item.elements, item.position, item.offset
    return {
        name: Place(segment=segment, element=number, offset=offset)
        for name, number in elements.items()
        if number <= len(stated) and stated[number - 1]
    }


def cents(item: Segment, number: int) -> Amount | None:
    """Return an N2 element in major units, None when it is empty."""
    text = item.get(number)
    return read_cents(text) if text else None


def decimal(item: Segment, number: int) -> Amount | None:
    """Return an R element, None when it is empty."""
    text = item.get(number)
    return read_decimal(text) if text else None


def references(loop: Loop, *, is_reversed: bool = False) -> tuple[Reference, ...]:
    """Return L11 and N9 of this loop itself. L11 gives the value first, N9 the qualifier.

    ``is_reversed``: this partner writes them the other way round.
    """
    found = (_reference(item, is_reversed=is_reversed) for item in loop.every("L11", "N9"))
    return tuple(found)


def _reference(item: Segment, *, is_reversed: bool) -> Reference:
    value_first = (item.tag == "L11") is not is_reversed
    value, qualifier = (1, 2) if value_first else (2, 1)
    return Reference(
        qualifier=item.get(qualifier),
        value=item.get(value),
        text=item.get(3),
        at=places(item, qualifier=qualifier, value=value, text=3),
    )


def moments(items: Iterable[Segment]) -> tuple[Moment, ...]:
    """Return G62 segments as moments."""
    return tuple(_moment(item) for item in items)


def _moment(item: Segment) -> Moment:
    return Moment(
        qualifier=item.get(1),
        on=read_date(item.get(2)),
        time_qualifier=item.get(3),
        clock=read_time(item.get(4)),
        zone=item.get(5),
        at=places(item, qualifier=1, on=2, time_qualifier=3, clock=4, zone=5),
    )


def notes(loop: Loop) -> tuple[Note, ...]:
    """Return NTE and K1 of this loop itself."""
    return tuple(note for item in loop.every("NTE", "K1") for note in _notes(item))


def _notes(item: Segment) -> Iterator[Note]:
    if item.tag == "NTE":
        at = places(item, qualifier=1, text=2)
        yield Note(qualifier=item.get(1), text=item.get(2), at=at)
        return
    for number, text in enumerate(item.elements, start=1):
        if text:
            yield Note(text=text, at=places(item, text=number))


def parties(loop: Loop, *, is_reversed: bool = False) -> tuple[Party, ...]:
    """Return the N1 loops directly inside ``loop``."""
    return tuple(_party(inner, is_reversed=is_reversed) for inner in loop.inside("party"))


def _party(loop: Loop, *, is_reversed: bool) -> Party:
    name, place = loop.first("N1"), loop.first("N4")
    stated = places(name, role=1, name=2, id_qualifier=3, id=4)
    where = places(
        place, city=1, state=2, postal_code=3, country=4, location_qualifier=5, location=6
    )
    return Party(
        role=name.get(1),
        name=name.get(2),
        id_qualifier=name.get(3),
        id=name.get(4),
        more_names=_texts(loop.every("N2")),
        address=_texts(loop.every("N3")),
        city=place.get(1),
        state=place.get(2),
        postal_code=place.get(3),
        country=place.get(4),
        location_qualifier=place.get(5),
        location=place.get(6),
        contacts=contacts(loop.every("G61")),
        references=references(loop, is_reversed=is_reversed),
        moments=moments(loop.every("G62")),
        at={**stated, **where, **places(loop.first("N3"), address=1)},
    )


def _texts(items: Iterable[Segment]) -> tuple[str, ...]:
    return tuple(text for item in items for text in item.elements if text)


def contacts(items: Iterable[Segment]) -> tuple[Contact, ...]:
    """Return G61 segments as contacts."""
    return tuple(
        Contact(
            function=item.get(1),
            name=item.get(2),
            kind=item.get(3),
            number=item.get(4),
            at=places(item, function=1, name=2, kind=3, number=4),
        )
        for item in items
    )


def weights(items: Iterable[Segment]) -> tuple[Weight, ...]:
    """Return AT8 segments as weights."""
    return tuple(
        Weight(
            qualifier=item.get(1),
            unit=item.get(2),
            weight=decimal(item, 3),
            pieces=read_whole(item.get(4)),
            loose_pieces=read_whole(item.get(5)),
            volume_unit=item.get(6),
            volume=decimal(item, 7),
            at=places(item, qualifier=1, unit=2, weight=3, pieces=4, loose_pieces=5, volume=7),
        )
        for item in items
    )


def handling(loop: Loop) -> tuple[Handling, ...]:
    """Return AT5 and H3 of this loop itself; an H3 names no service."""
    return tuple(_handling(item) for item in loop.every("AT5", "H3"))


def _handling(item: Segment) -> Handling:
    if item.tag == "H3":
        return Handling(code=item.get(1), text=item.get(2), at=places(item, code=1, text=2))
    return Handling(
        code=item.get(1),
        service=item.get(2),
        text=item.get(3),
        at=places(item, code=1, service=2, text=3),
    )


def routing(loop: Loop) -> tuple[RoutingLeg, ...]:
    """Return MS3 and R3 of this loop itself; an R3 names no state."""
    return tuple(
        RoutingLeg(
            scac=item.get(1),
            sequence=item.get(2),
            city=item.get(3),
            method=item.get(4),
            state=item.get(5) if item.tag == "MS3" else "",
            at=places(item, scac=1, sequence=2, city=3, method=4),
        )
        for item in loop.every("MS3", "R3")
    )


def equipment(loop: Loop) -> tuple[Equipment, ...]:
    """Return the N7 loops directly inside ``loop``, with their seals (M7)."""
    return tuple(_equipment(inner) for inner in loop.inside("equipment"))


def _equipment(loop: Loop) -> Equipment:
    item = loop.first("N7")
    return Equipment(
        prefix=item.get(1),
        number=item.get(2),
        kind=item.get(11),
        owner=item.get(12),
        length=item.get(15),
        weight=decimal(item, 3),
        weight_qualifier=item.get(4),
        weight_unit=item.get(17),
        temperature=item.get(13),
        height=decimal(item, 20),
        width=decimal(item, 21),
        iso_type=item.get(22),
        seals=tuple(seal for each in loop.every("M7") for seal in each.elements[:4] if seal),
        at=places(item, prefix=1, number=2, kind=11, owner=12, temperature=13, length=15),
    )
