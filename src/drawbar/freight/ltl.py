"""Less than a truckload: how weight, class and density of the goods make the linehaul.

Source of the order of steps: rules tariffs of LTL carriers; discount, then minimum, then fuel.
"""

from decimal import Decimal

from msgspec import Struct


class FakRange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Freight of all kinds: classes from ``class_from`` to ``class_to``, rated as one class.

    Both ends are included; classes compare as numbers.
    """

    clause: str
    class_from: Decimal
    class_to: Decimal
    rated_as: str


class DensityBand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The class of freight from ``from_lb_per_cubic_ft`` on, up to the next band."""

    from_lb_per_cubic_ft: Decimal
    freight_class: str


class DensityTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Classes by density, in one ``version`` of the table."""

    clause: str
    version: str
    bands: tuple[DensityBand, ...]


class LtlTerms(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How weight and class count. ``deficit`` rates freight as more pounds where that is cheaper.

    ``reweigh`` says whether a certified weight or class replaces the one on the order.
    """

    deficit: bool = True
    discount_percent: Decimal = Decimal(0)
    minimum: Decimal | None = None
    reweigh: bool = True
    fak: tuple[FakRange, ...] = ()
    density: DensityTable | None = None
