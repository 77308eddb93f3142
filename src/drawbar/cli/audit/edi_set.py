"""One set of an X12 file, the words by which it is read, and the names that it states."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from drawbar.cli.audit.setting import folded
from drawbar.edi import Place, TransactionSet
from drawbar.edi import Reference as Stated
from drawbar.freight.charge import ChargeKind
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.reference import PARTY_SCOPED, Reference, ReferenceKind

_TENDER = re.compile(r"V\d+T\d+$", re.IGNORECASE)


class EdiWords(Struct, frozen=True, kw_only=True):
    """What codes mean, as ``folded`` compares them; ``references`` has qualifiers as written.

    ``tonight`` ends what is not in the future.
    """

    carriers: dict[str, str]
    charges: Mapping[str, ChargeKind]
    events: Mapping[str, MilestoneKind]
    references: Mapping[str, ReferenceKind]
    tonight: datetime

    def carrier(self, scac: str) -> str:
        """Return our word for a carrier's code."""
        return self.carriers.get(folded(scac), scac.strip())


class EdiSet(Struct, frozen=True, kw_only=True):
    """A set with its file, its place in it, and its interchange's control number."""

    file: str
    place: str
    item: TransactionSet
    control: str

    def where(self, at: Place | None = None) -> str:
        """Return where something stands: "carrier.210 interchange 1 set 2 segment 9"."""
        segment = f" segment {at.segment}" if at and at.segment else ""
        return f"{self.file} {self.place}{segment}"


def names_in(
    shipment_id: str, stated: Iterable[Stated], words: EdiWords, *, carrier: str
) -> tuple[Reference, ...]:
    """Return the names that a set states: our own number, and references by their qualifiers."""
    names: list[Reference] = []
    own = shipment_id.strip()
    if own:
        kind = ReferenceKind.TENDER if _TENDER.search(own) else ReferenceKind.SHIPMENT
        names.append(Reference(kind, own))
    for one in stated:
        known = words.references.get(one.qualifier.strip())
        if known is not None and one.value.strip():
            party = carrier if known in PARTY_SCOPED else ""
            names.append(Reference(known, one.value.strip(), party))
    return tuple(dict.fromkeys(names))
