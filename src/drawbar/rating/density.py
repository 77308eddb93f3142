"""The class of freight by its density: pounds per cubic foot, by one version of a table."""

from decimal import Decimal

from msgspec import Struct

from drawbar.freight.charge import Step
from drawbar.freight.figure import is_figure
from drawbar.freight.ltl import DensityTable
from drawbar.freight.order import Goods
from drawbar.rating.unrated import Unrated

CUBIC_IN_PER_CUBIC_FT = 1728


class ByDensity(Struct, frozen=True, kw_only=True):
    """The class that the table gives, and how it came about."""

    freight_class: str
    step: Step


def class_by_density(line: Goods, table: DensityTable) -> ByDensity | Unrated:
    """Return the class of one line of goods by its dimensions, weight and pieces.

    The density is compared unrounded; the last band whose beginning it reaches gives the class.
    """
    volume = _cubic_in(line)
    if volume is None:
        return Unrated(
            text=f"{line.sku} has no freight class, and not all of its dimensions are known.",
            remedy="State its class, or length, width and height of one piece and the pieces.",
        )
    density = line.weight_lb * CUBIC_IN_PER_CUBIC_FT / volume
    reached = [
        band
        for band in table.bands
        if line.weight_lb * CUBIC_IN_PER_CUBIC_FT >= band.from_lb_per_cubic_ft * volume
    ]
    if not reached:
        return Unrated(
            text=f"{line.sku} has {density:.2f} lb per cubic foot, below every band of the density"
            f" table {table.clause}.",
            remedy="Add a band from 0 to the table, or state the class of the goods.",
        )
    begins = max(band.from_lb_per_cubic_ft for band in reached)
    classes = {one.freight_class for one in reached if one.from_lb_per_cubic_ft == begins}
    if len(classes) > 1:
        return Unrated(
            text=f"The density table {table.clause} gives several classes from {begins} on.",
            remedy="Leave one band for each density.",
        )
    found = classes.pop()
    text = (
        f"{line.sku}: {density:.2f} lb per cubic foot by the density table {table.clause},"
        f" version {table.version}"
    )
    return ByDensity(freight_class=found, step=Step(text=text, result=f"class {found}"))


def _cubic_in(line: Goods) -> Decimal | None:
    sides = [side for side in (line.length_in, line.width_in, line.height_in) if side is not None]
    if len(sides) < 3 or line.pieces <= 0:
        return None
    if not all(is_figure(side) and side > 0 for side in sides):
        return None
    length, width, height = sides
    return length * width * height * line.pieces
