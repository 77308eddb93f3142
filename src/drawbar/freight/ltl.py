"""Less than a truckload: how weight, class and density of the goods make the linehaul.

Source of the order of steps: rules tariffs of LTL carriers; discount, then minimum, then fuel.
"""

from decimal import Decimal, InvalidOperation
from functools import lru_cache

from msgspec import Struct

from drawbar.freight.figure import of_percent, of_zero_or_more

_CLASSES = "50 55 60 65 70 77.5 85 92.5 100 110 125 150 175 200 250 300 400 500"
FREIGHT_CLASSES = tuple(Decimal(one) for one in _CLASSES.split())
"""The 18 classes of the National Motor Freight Classification."""


REMEMBERED_CLASSES = 500
"""There are eighteen, each written in a few ways."""


class UnknownFreightClass(ValueError):
    """Not one of the 18 classes of the NMFC, such as 70 or 92.5. Correct the class."""


@lru_cache(maxsize=REMEMBERED_CLASSES)
def freight_class(text: str) -> Decimal:
    """Return a class as it compares: "92.5" and "092.50" are one. Raise ``UnknownFreightClass``."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite() and number in FREIGHT_CLASSES:
        return number.normalize()
    known = ", ".join(f"{one:f}" for one in FREIGHT_CLASSES)
    raise UnknownFreightClass(f"{text!r} is no freight class; the classes are {known}")


class FakRange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Freight of all kinds: classes from ``class_from`` to ``class_to``, rated as one class.

    Both ends are included; classes compare as numbers.
    """

    clause: str
    class_from: Decimal
    class_to: Decimal
    rated_as: str

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a class that does not exist, or a range that ends before it."""
        freight_class(self.rated_as)
        of_zero_or_more(class_from=self.class_from, class_to=self.class_to)
        if self.class_from > self.class_to:
            raise ValueError(f"class_from {self.class_from} is above class_to {self.class_to}")


class DensityBand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The class of freight from ``from_lb_per_cubic_ft`` on, up to the next band."""

    from_lb_per_cubic_ft: Decimal
    freight_class: str

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a class that does not exist, or a density below zero."""
        freight_class(self.freight_class)
        of_zero_or_more(from_lb_per_cubic_ft=self.from_lb_per_cubic_ft)


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

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a discount that is no percentage, a minimum below zero."""
        of_percent(discount_percent=self.discount_percent)
        of_zero_or_more(minimum=self.minimum)
