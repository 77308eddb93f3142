"""Build the segments of what our sets share: references, parties, dates, weights, notes."""

from collections.abc import Iterable, Iterator, Sequence

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
from drawbar.edi.segment import Segment, segment
from drawbar.edi.value import write_date, write_decimal, write_time, write_whole


def build_references(references: Iterable[Reference], tag: str = "L11") -> Iterator[Segment]:
    """Build L11 (value first) or N9 (qualifier first) segments."""
    for reference in references:
        pair = (reference.value, reference.qualifier)
        yield segment(tag, *(pair if tag == "L11" else reversed(pair)), reference.text)


def build_moments(moments: Iterable[Moment]) -> Iterator[Segment]:
    """Build G62 segments."""
    for moment in moments:
        day, clock = write_date(moment.on), write_time(moment.clock)
        yield segment("G62", moment.qualifier, day, moment.time_qualifier, clock, moment.zone)


def build_notes(notes: Iterable[Note], tag: str = "NTE") -> Iterator[Segment]:
    """Build NTE or K1 segments; a K1 has no qualifier."""
    for note in notes:
        yield segment("K1", note.text) if tag == "K1" else segment(tag, note.qualifier, note.text)


def build_parties(parties: Iterable[Party], tag: str = "L11") -> Iterator[Segment]:
    """Build N1 loops; ``tag`` is the segment in which this set gives a party's references."""
    for party in parties:
        yield segment("N1", party.role, party.name, party.id_qualifier, party.id)
        yield from _pairs("N2", party.more_names)
        yield from _pairs("N3", party.address)
        yield from _build_location(party)
        yield from build_moments(party.moments)
        yield from build_references(party.references, tag)
        yield from build_contacts(party.contacts)


def _build_location(party: Party) -> Iterator[Segment]:
    location = segment(
        "N4",
        party.city,
        party.state,
        party.postal_code,
        party.country,
        party.location_qualifier,
        party.location,
    )
    if location.elements:
        yield location


def _pairs(tag: str, texts: Sequence[str]) -> Iterator[Segment]:
    for start in range(0, len(texts), 2):
        yield segment(tag, *texts[start : start + 2])


def build_contacts(contacts: Iterable[Contact]) -> Iterator[Segment]:
    """Build G61 segments."""
    for contact in contacts:
        yield segment("G61", contact.function, contact.name, contact.kind, contact.number)


def build_weights(weights: Iterable[Weight]) -> Iterator[Segment]:
    """Build AT8 segments."""
    for weight in weights:
        yield segment(
            "AT8",
            weight.qualifier,
            weight.unit,
            write_decimal(weight.weight),
            write_whole(weight.pieces),
            write_whole(weight.loose_pieces),
            weight.volume_unit,
            write_decimal(weight.volume),
        )


def build_handling(handling: Iterable[Handling], tag: str = "AT5") -> Iterator[Segment]:
    """Build AT5 or H3 segments; an H3 names no service."""
    for item in handling:
        service = [] if tag == "H3" else [item.service]
        yield segment(tag, item.code, *service, item.text)


def build_routing(legs: Iterable[RoutingLeg], tag: str = "MS3") -> Iterator[Segment]:
    """Build MS3 or R3 segments; an R3 names no state."""
    for leg in legs:
        state = leg.state if tag == "MS3" else ""
        yield segment(tag, leg.scac, leg.sequence, leg.city, leg.method, state)


def build_equipment(equipment: Iterable[Equipment]) -> Iterator[Segment]:
    """Build N7 loops with their seals."""
    for item in equipment:
        yield segment(
            "N7",
            item.prefix,
            item.number,
            write_decimal(item.weight),
            item.weight_qualifier,
            *[""] * 6,
            item.kind,
            item.owner,
            item.temperature,
            "",
            item.length,
            "",
            item.weight_unit,
            *[""] * 2,
            write_decimal(item.height),
            write_decimal(item.width),
            item.iso_type,
        )
        for start in range(0, len(item.seals), 4):
            yield segment("M7", *item.seals[start : start + 4])
