"""Charts of bars, drawn line by line: no script, no network, each value also in words."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from drawbar.world.score.markup import Markup, joined, tag

LABEL, BARS, TEXT = 188, 140, 232
STEP, BAR = 22, 13
WIDTH = LABEL + BARS + TEXT


class Part(Struct, frozen=True):
    """A piece of a bar: which colour it takes, and how much it is."""

    colour: str
    amount: Decimal


class Bar(Struct, frozen=True, kw_only=True):
    """One bar of pieces side by side; ``text`` says the same in words."""

    label: str
    parts: tuple[Part, ...]
    text: str

    @property
    def length(self) -> Decimal:
        """Return the sum of its pieces."""
        return sum((part.amount for part in self.parts), start=Decimal(0))


def bars(title: str, says: str, rows: Sequence[Bar], *, most: Decimal | None = None) -> Markup:
    """Return a chart. ``most`` is how much fills the whole width, else the largest bar does.

    A longer bar is cut to the width, its pieces in proportion, and marked.
    """
    largest = most or max((row.length for row in rows), default=Decimal(0)) or Decimal(1)
    drawn = [_bar(row, STEP * number, largest) for number, row in enumerate(rows)]
    name = "chart-" + "".join(one if one.isalnum() else "-" for one in title.lower())
    height = STEP * len(rows) + 4
    svg = tag(
        "svg",
        tag("title", title, id=f"{name}-t"),
        tag("desc", says, id=f"{name}-d"),
        *drawn,
        viewBox=f"0 0 {WIDTH} {height}",
        width=WIDTH,
        height=height,
        role="img",
        aria_labelledby=f"{name}-t {name}-d",
    )
    inside = (
        tag("figcaption", tag("b", title), " ", says),
        tag("div", svg, class_="wide", tabindex=0),
    )
    return tag("figure", *inside)


def _bar(row: Bar, top: int, largest: Decimal) -> Markup:
    middle = top + STEP // 2
    is_cut = row.length > largest
    largest = max(row.length, largest)
    pieces, left = [], Decimal(LABEL)
    for part in row.parts:
        width = part.amount * BARS / largest
        if width > 0:
            place = {"x": f"{left:.1f}", "y": middle - BAR // 2, "height": BAR}
            pieces.append(tag("rect", class_=part.colour, width=f"{max(width, 1):.1f}", **place))
        left += width
    label = tag("text", row.label, x=LABEL - 10, y=middle + 4, text_anchor="end")
    rail = tag("line", x1=LABEL, x2=LABEL, y1=top, y2=top + STEP, class_="rail")
    said = tag(
        "text",
        f"» {row.text}" if is_cut else row.text,
        x=f"{left + 8:.1f}",
        y=middle + 4,
        class_="said",
    )
    return tag("g", label, rail, *pieces, said)


def legend(*entries: tuple[str, str]) -> Markup:
    """Return what the colours mean."""
    marks = [tag("li", tag("span", "", class_=f"mark {colour}"), says) for colour, says in entries]
    return tag("ul", joined(*marks), class_="legend")
