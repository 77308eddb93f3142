"""What a freight bill says of the move itself: when, from where, to where, how heavy.

It is what is left to go by where a bill's references lead nowhere. None of it moves money.
"""

import re
from datetime import date
from decimal import Decimal

from msgspec import Struct

LARGEST_WEIGHT_LB = Decimal(10) ** 9
"""No weight on a bill comes near it; one above is a broken feed."""

_ZIP_PLUS_4 = re.compile(r"(\d{5})-?\d{4}")
_NOISE = re.compile(r"[\s\-./_',>]+")


class Locality(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place as far as a bill names it: by postal code, or by city and state."""

    postal_code: str = ""
    city: str = ""
    region: str = ""

    @property
    def zip(self) -> str:
        """Return the postal code as it is compared, of a ZIP+4 its first five digits; or empty."""
        code = self.postal_code.strip().upper()
        found = _ZIP_PLUS_4.fullmatch(code)
        return found.group(1) if found else _NOISE.sub("", code)

    @property
    def town(self) -> str:
        """Return city and state as they are compared, empty unless both are said."""
        city, region = (_NOISE.sub("", one.upper()) for one in (self.city, self.region))
        return f"{city},{region}" if city and region else ""

    @property
    def label(self) -> str:
        """Return the place as a dispatcher says it: "Dallas, TX 75201"."""
        town = ", ".join(part for part in (self.city, self.region) if part)
        return " ".join(part for part in (town, self.postal_code) if part) or "(not said)"


NOWHERE = Locality()


class Tally(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Weight and handling units, each None where nobody says it."""

    weight_lb: Decimal | None = None
    pieces: int | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a weight or a count that nothing on a truck can have."""
        weight = self.weight_lb
        if weight is not None and not (weight.is_finite() and 0 <= weight < LARGEST_WEIGHT_LB):
            raise ValueError(f"not a weight: {weight}")
        if self.pieces is not None and self.pieces < 0:
            raise ValueError(f"not a count: {self.pieces}")


class Move(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The move that a bill is for, as far as it says. ``ship_on`` is the day of the pickup.

    ``header`` is what the bill sums up itself, ``lines`` what its lines come to.
    """

    ship_on: date | None = None
    origin: Locality = NOWHERE
    destination: Locality = NOWHERE
    header: Tally = Tally()
    lines: Tally = Tally()

    @property
    def weight_lb(self) -> Decimal | None:
        """Return the weight that the bill says, that of its header first; None where it does not.

        A weight of nothing says nothing.
        """
        return self.header.weight_lb or self.lines.weight_lb or None


UNTOLD = Move()
