"""Markup that cannot be broken by what it shows: text is escaped unless it was made here."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, *inside: str, **attributes: object) -> Markup:
    """Return an element; attributes are named as in Python, ``class_`` for ``class``."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
    )
    return Markup(f"<{name}{told}>{joined(*inside)}</{name}>")


def joined(*parts: str) -> Markup:
    """Return parts one after the other, each escaped unless it is markup."""
    return Markup("".join(one if isinstance(one, Markup) else escape(one) for one in parts))


def table(caption: str, headings: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> Markup:
    """Return a table whose first column names its rows; columns of figures stand to the right."""
    numeric = [
        bool(rows) and all(_is_figure(row[at]) for row in rows) for at in range(len(headings))
    ]
    kinds = ["n" if one else "t" for one in numeric]
    head = [
        tag("th", name, scope="col", class_=kind)
        for name, kind in zip(headings, kinds, strict=True)
    ]
    body = [
        tag("tr", tag("th", shown(first), scope="row"), *_cells(rest, kinds[1:]))
        for first, *rest in rows
    ]
    inside = tag("thead", tag("tr", *head)), tag("tbody", *body)
    whole = tag("table", tag("caption", caption), *inside)
    return tag("div", whole, class_="wide", tabindex=0, role="region", aria_label=caption)


def shown(value: object) -> str:
    """Return a value as a person reads it; what is not known is a dash."""
    match value:
        case None | "":
            return "–"
        case float():
            return f"{value:,.2f}"
        case int() | Decimal():
            return f"{value:,}"
        case _:
            return str(value)


def _cells(values: list[object], kinds: list[str]) -> list[Markup]:
    return [tag("td", shown(value), class_=kind) for value, kind in zip(values, kinds, strict=True)]


def _is_figure(value: object) -> bool:
    return value is None or isinstance(value, int | float | Decimal)
