"""A table on a page: what its columns are called and how a row shows in each."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape
from msgspec import Struct

Row = Mapping[str, Any]
HOME_ZONE = "home_zone"
"""Beside its columns, each row names the zone of the firm, in which its times are shown."""


class Column(Struct, frozen=True, kw_only=True):
    """A column. ``align`` is a class of the style sheet, such as "money"."""

    label: str
    show: Callable[[Row], Any]
    align: str = ""


class Choice(Struct, frozen=True, kw_only=True):
    """A filter: its name in the address, the column that it means, and what can be chosen."""

    name: str
    label: str
    column: str
    options: tuple[str, ...] = ()


class Chosen(Struct, frozen=True, kw_only=True):
    """A filter with what is chosen now."""

    name: str
    label: str
    value: str
    options: tuple[str, ...]


def plain(name: str) -> Callable[[Row], Any]:
    """Return how to show a column as it is, a dash where it is empty."""
    return lambda row: row[name] if row[name] not in {None, ""} else "—"


def reference(name: str, path: str) -> Callable[[Row], Markup]:
    """Return how to show a reference as a link to the thing itself."""
    return lambda row: link(path, row[name]) if row[name] else Markup("—")


def link(path: str, ref: str) -> Markup:
    """Return a link to ``path`` + ``ref``."""
    return Markup('<a class="ref" href="{}{}">{}</a>').format(path, quote(ref, safe=""), ref)


def subject_link(kind: str, ref: str) -> Markup:
    """Return a link to a stream's own page, or its bare reference where it has none."""
    path = PAGES.get(kind)
    if path is None:
        return Markup('{} <span class="ref">{}</span>').format(kind.replace("_", " "), ref)
    return Markup("{} {}").format(kind.replace("_", " "), link(path, ref))


PAGES = {
    "shipment": "/shipments/",
    "freight_bill": "/bills/",
    "message": "/messages/",
    "order": "/orders/",
    "customer_invoice": "/search?q=",
    "customer": "/shipments?customer=",
}
"""Where each kind of thing is shown."""


def stacked(*parts: Any) -> Markup:
    """Return the first part, and the others small below it."""
    first, *rest = parts
    small = Markup("").join(Markup("<br><small>{}</small>").format(each) for each in rest if each)
    return escape(first) + small
