"""The LAD of a tender: what is loaded, article by article.

Source: X12 segment LAD, release 004010, restated.
"""

from collections.abc import Iterable, Iterator

from drawbar.edi.load_tender import LadingDetail, Product
from drawbar.edi.segment import Segment, segment
from drawbar.edi.value import write_decimal, write_whole
from drawbar.edi.x12.line import Line
from drawbar.edi.x12.structure import Loop

LAD = Line(
    "LAD",
    "packaging pieces:whole unit_weight_unit unit_weight:decimal weight_unit weight:decimal "
    "- - - - - - text",
)
_PRODUCTS = (7, 9, 11)
"""Where the qualifier of an article's number stands; the number follows it."""


def read_details(loop: Loop) -> tuple[LadingDetail, ...]:
    """Return the LAD segments of this loop itself."""
    return tuple(
        LadingDetail(**LAD.read(item), products=tuple(_products(item)))
        for item in loop.every("LAD")
    )


def _products(item: Segment) -> Iterator[Product]:
    for number in _PRODUCTS:
        if item.get(number) or item.get(number + 1):
            yield Product(qualifier=item.get(number), value=item.get(number + 1))


def build_details(details: Iterable[LadingDetail]) -> Iterator[Segment]:
    """Build LAD segments, with the first three articles' numbers."""
    for item in details:
        products = [text for one in item.products[:3] for text in (one.qualifier, one.value)]
        yield segment(
            "LAD",
            item.packaging,
            write_whole(item.pieces),
            item.unit_weight_unit,
            write_decimal(item.unit_weight),
            item.weight_unit,
            write_decimal(item.weight),
            *products,
            *[""] * (6 - len(products)),
            item.text,
        )
