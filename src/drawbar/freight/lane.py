"""A lane: from where to where a rate holds, and what moving freight on it costs.

Every figure names its unit; a rate that needs miles, weight or class says so by its field.
"""

from decimal import Decimal

from msgspec import Struct

from drawbar.freight.figure import of_percent, of_zero_or_more
from drawbar.freight.ltl import freight_class


class LanePlace(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One end of a lane; an empty field matches anything. The most specific match wins.

    ``postal_prefix`` is the beginning of a postal code, such as "651"; ``zone`` is the name of one
    of the contract's own zones.
    """

    country: str = ""
    region: str = ""
    city: str = ""
    postal_prefix: str = ""
    zone: str = ""

    @property
    def label(self) -> str:
        """Return the place as a person says it: "Dallas, TX", "zone MIDWEST", "anywhere"."""
        zone = f"zone {self.zone}" if self.zone else ""
        parts = (zone, self.city, self.region, self.postal_prefix, self.country)
        return ", ".join(part for part in parts if part) or "anywhere"


class RateZone(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A zone that a contract names: a place is in it when one of ``places`` covers it."""

    zone: str
    places: tuple[LanePlace, ...]


class Distance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far it is from one place to another by the contract: its mileage guide, row by row.

    Exactly one of ``mi`` and ``km`` is stated. A lane's own distance comes before any row.
    """

    clause: str
    origin: LanePlace = LanePlace()
    destination: LanePlace = LanePlace()
    mi: Decimal | None = None
    km: Decimal | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a distance that nobody can drive."""
        of_zero_or_more(mi=self.mi, km=self.km)


class WeightBreak(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rate per hundred pounds from ``from_lb`` on, up to the next break of its class.

    An empty ``freight_class`` is for freight of any class.
    """

    from_lb: Decimal
    per_cwt: Decimal
    freight_class: str = ""

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure below zero or endless, or for an unknown class."""
        of_zero_or_more(from_lb=self.from_lb, per_cwt=self.per_cwt)
        if self.freight_class:
            freight_class(self.freight_class)


class MileageBand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One cell of a linehaul table: miles ``[from_mi, to_mi)`` and pounds ``[from_lb, to_lb)``.

    An end of None has no limit. It says ``flat``, ``per_mile`` or ``per_cwt``, exactly one of them.
    """

    from_mi: Decimal = Decimal(0)
    to_mi: Decimal | None = None
    from_lb: Decimal = Decimal(0)
    to_lb: Decimal | None = None
    flat: Decimal | None = None
    per_mile: Decimal | None = None
    per_cwt: Decimal | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an end or a rate that is below zero, endless or no number."""
        of_zero_or_more(from_mi=self.from_mi, to_mi=self.to_mi)
        of_zero_or_more(from_lb=self.from_lb, to_lb=self.to_lb)
        of_zero_or_more(flat=self.flat, per_mile=self.per_mile, per_cwt=self.per_cwt)


class LaneRate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a lane costs, in exactly one of its ways, and between which places.

    The ways are ``flat``, ``per_mile``, ``per_km``, ``per_cwt`` (a hundred pounds), ``per_100kg``,
    ``breaks`` by weight and class, and ``bands`` by miles and weight. ``distance_mi`` and
    ``distance_km`` are the contract's own, never the bill's; where a lane states none, the
    contract's ``distances`` count. ``equipment``
    and ``service`` are empty for any. ``discount_percent`` is taken off the gross linehaul whatever
    its way; None leaves the contract's, which is for linehaul by weight only. ``minimum`` is for
    the linehaul after any discount.
    """

    clause: str
    origin: LanePlace = LanePlace()
    destination: LanePlace = LanePlace()
    equipment: str = ""
    service: str = ""
    flat: Decimal | None = None
    per_mile: Decimal | None = None
    distance_mi: Decimal | None = None
    per_km: Decimal | None = None
    distance_km: Decimal | None = None
    per_cwt: Decimal | None = None
    per_100kg: Decimal | None = None
    breaks: tuple[WeightBreak, ...] = ()
    bands: tuple[MileageBand, ...] = ()
    minimum: Decimal | None = None
    discount_percent: Decimal | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a figure that is below zero, endless or no number."""
        of_zero_or_more(flat=self.flat, per_mile=self.per_mile, per_km=self.per_km)
        of_zero_or_more(distance_mi=self.distance_mi, distance_km=self.distance_km)
        of_zero_or_more(per_cwt=self.per_cwt, per_100kg=self.per_100kg, minimum=self.minimum)
        of_percent(discount_percent=self.discount_percent)
