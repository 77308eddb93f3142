"""Bars drawn as SVG: no script, no network; each value stands beside its bar in words."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from drawbar.cli.audit.markup import Markup, tag

LABEL, BARS, TEXT = 190, 230, 190
STEP, THICK = 24, 14


class Bar(Struct, frozen=True, kw_only=True):
    """One bar: what is saved and what is undecided, side by side."""

    label: str
    saved: Decimal
    undecided: Decimal
    text: str


def bars(title: str, rows: Sequence[Bar]) -> Markup:
    """Return a chart of bars, the longest as wide as there is room."""
    longest = max((row.saved + row.undecided for row in rows), default=Decimal(0)) or Decimal(1)
    drawn = [_bar(row, number * STEP, longest) for number, row in enumerate(rows)]
    height = STEP * len(rows) + 6
    svg = tag(
        "svg",
        tag("title", title),
        *drawn,
        viewBox=f"0 0 {LABEL + BARS + TEXT} {height}",
        role="img",
        aria_label=title,
    )
    return tag("figure", tag("figcaption", title), svg)


def _bar(row: Bar, top: int, longest: Decimal) -> Markup:
    middle = top + STEP // 2
    left = Decimal(LABEL)
    pieces = []
    for colour, amount in (("saved", row.saved), ("open", row.undecided)):
        if amount <= 0:
            continue
        width = max(amount * BARS / longest, Decimal(1))
        shape = {"x": f"{left:.1f}", "y": middle - THICK // 2, "height": THICK}
        pieces.append(tag("rect", class_=colour, width=f"{width:.1f}", **shape))
        left += width
    label = tag("text", _short(row.label), x=LABEL - 8, y=middle + 4, text_anchor="end")
    said = tag("text", row.text, x=f"{left + 6:.1f}", y=middle + 4, class_="said")
    return tag("g", label, *pieces, said)


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"
