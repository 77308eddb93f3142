"""What an order to a warehouse and its answer begin with: parties, references, dates, notes."""

from collections.abc import Iterator
from typing import Any

from drawbar.edi.segment import Segment
from drawbar.edi.warehouse import WarehouseOrder, WarehouseShipment
from drawbar.edi.x12 import detail_builder as build
from drawbar.edi.x12 import detail_general as general
from drawbar.edi.x12 import detail_reader as read
from drawbar.edi.x12.structure import Loop


def read_head(root: Loop) -> dict[str, Any]:
    """Return the fields by name. Contacts of no party may come as PER or as G61."""
    return {
        "parties": general.parties(root),
        "references": read.references(root),
        "contacts": general.contacts(root) + read.contacts(root.every("G61")),
        "moments": read.moments(root.every("G62")),
        "notes": read.notes(root),
    }


def build_head(typed: WarehouseOrder | WarehouseShipment) -> Iterator[Segment]:
    """Build parties with their contacts as PER, then N9, G61, G62 and NTE."""
    yield from general.build_general_parties(typed.parties)
    yield from build.build_references(typed.references, "N9")
    yield from build.build_contacts(typed.contacts)
    yield from build.build_moments(typed.moments)
    yield from build.build_notes(typed.notes)
