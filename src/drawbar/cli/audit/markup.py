"""Markup that nothing it shows can break: every text is escaped unless it was made here."""

from decimal import Decimal
from html import escape


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, /, *inside: str, **attributes: object) -> Markup:
    """Return an element; ``class_`` is ``class``, and an attribute that is False is left out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not False
    )
    return Markup(f"<{name}{told}>{joined(*inside)}</{name}>")


def joined(*parts: str) -> Markup:
    """Return parts one after the other, each escaped unless it is markup."""
    return Markup("".join(one if isinstance(one, Markup) else escape(one) for one in parts))


def cell(value: object) -> Markup:
    """Return a table cell; figures stand to the right."""
    if isinstance(value, Decimal | int):
        return tag("td", f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}", class_="n")
    return tag("td", value if isinstance(value, Markup) else "" if value is None else str(value))


def table(caption: str, headings: tuple[str, ...], rows: list[tuple[object, ...]]) -> Markup:
    """Return a table; the first column names its rows."""
    numeric = [
        bool(rows) and all(isinstance(row[at], Decimal | int) for row in rows)
        for at in range(len(headings))
    ]
    head = (
        tag("th", name, scope="col", class_="n" if is_figure else "t")
        for name, is_figure in zip(headings, numeric, strict=True)
    )
    body = (
        tag("tr", tag("th", str(first), scope="row"), *map(cell, rest)) for first, *rest in rows
    )
    inside = tag("thead", tag("tr", *head)), tag("tbody", *body)
    whole = tag("table", tag("caption", caption), *inside)
    return tag("div", whole, class_="wide", tabindex=0, role="region", aria_label=caption)


def counted(number: int, what: str) -> str:
    """Return a number of things in words: "1 line", "2 lines"."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
