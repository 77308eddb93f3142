"""By which names a shipment is found on paper, and which one a report or an approval means."""

from collections.abc import Callable, Iterable
from typing import assert_never

from drawbar.flow.company import Company
from drawbar.flow.needs import keys_of
from drawbar.freight.reference import Reference, ReferenceKey
from drawbar.matching.identity import Conflicting, One, Several, Unmatched, identify

Bearers = Callable[[ReferenceKey], tuple[str, ...]]


def names_of(
    references: Iterable[Reference], *, carrier_ref: str, company: Company
) -> tuple[ReferenceKey, ...]:
    """Return the keys under which a shipment of ``carrier_ref`` is found."""
    return keys_of(references, party=carrier_ref, company=company)


def meant(
    references: Iterable[Reference], *, said_by: str, bearers: Bearers, company: Company
) -> One | Several | Conflicting | Unmatched:
    """Return the one shipment that somebody speaks of, or why it cannot be told."""
    written = tuple(references)
    keys = keys_of(written, party=said_by, company=company)
    return identify(keys, found={key: bearers(key) for key in keys}, written=written)


def unclear(found: Several | Conflicting | Unmatched) -> tuple[str, str]:
    """Return why nobody can tell which shipment is meant, and what would mend it."""
    match found:
        case Several() | Conflicting():
            return found.text.replace("of the bill ", ""), "Name our shipment number."
        case Unmatched():
            text = found.text.replace("The bill names", "It names")
            return text, "Add the shipment, or correct the reference."
        case _:
            assert_never(found)
