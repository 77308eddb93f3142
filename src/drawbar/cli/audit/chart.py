"""Bars drawn as SVG: no script, no network; each value stands beside its bar in words."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from drawbar.cli.audit.markup import Markup, tag

WIDTH, TEXT = 950, 210
LETTER, LABEL_MIN, LABEL_MAX = 6.2, 120, 470
STEP, THICK = 24, 14
LETTERS_MAX = 56


class Bar(Struct, frozen=True, kw_only=True):
    """One bar: what is saved and what is undecided, side by side; ``code`` follows its label."""

    label: str
    code: str = ""
    saved: Decimal
    undecided: Decimal
    text: str


def bars(title: str, rows: Sequence[Bar]) -> Markup:
    """Return a chart of bars, the longest as wide as there is room."""
    longest = max((row.saved + row.undecided for row in rows), default=Decimal(0)) or Decimal(1)
    label = _label_width(rows)
    drawn = [_bar(row, number * STEP, label, longest) for number, row in enumerate(rows)]
    height = STEP * len(rows) + 6
    svg = tag(
        "svg",
        tag("title", title),
        *drawn,
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_label=title,
    )
    return tag("figure", tag("figcaption", title), svg)


def _label_width(rows: Sequence[Bar]) -> int:
    """Return the room for the longest label, so that the bars of short ones are long."""
    letters = max((len(_short(row.label)) + len(row.code) + 2 for row in rows), default=0)
    return min(max(int(letters * LETTER) + 16, LABEL_MIN), LABEL_MAX)


def _bar(row: Bar, top: int, room: int, longest: Decimal) -> Markup:
    middle = top + STEP // 2
    left = Decimal(room)
    pieces = []
    for colour, amount in (("saved", row.saved), ("open", row.undecided)):
        if amount <= 0:
            continue
        width = max(amount * (WIDTH - TEXT - room) / longest, Decimal(1))
        shape = {"x": f"{left:.1f}", "y": middle - THICK // 2, "height": THICK}
        pieces.append(tag("rect", class_=colour, width=f"{width:.1f}", **shape))
        left += width
    code = tag("tspan", f"  {row.code}", class_="said") if row.code else ""
    label = tag("text", _short(row.label), code, x=room - 8, y=middle + 4, text_anchor="end")
    said = tag("text", row.text, x=f"{left + 6:.1f}", y=middle + 4, class_="said")
    return tag("g", label, *pieces, said)


def _short(text: str) -> str:
    return text if len(text) <= LETTERS_MAX else text[: LETTERS_MAX - 1] + "…"
