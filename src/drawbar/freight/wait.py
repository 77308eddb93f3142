"""A wait that ended without what it waited for."""

from drawbar.freight.fact import Fact, FactKey
from drawbar.freight.reference import ReferenceKey


class WaitExpired(Fact, frozen=True, kw_only=True):
    """A fact waited for a shipment that nobody knows until its deadline.

    ``waited`` is the key of the fact that waited, ``about_fact`` its stored name.
    """

    waited: FactKey
    about_fact: str
    references: tuple[ReferenceKey, ...]
