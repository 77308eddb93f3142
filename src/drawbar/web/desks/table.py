"""What stands in tables on pages: links to the thing itself, and lines below each other."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

Row = Mapping[str, Any]
HOME_ZONE = "home_zone"
"""Beside its columns, each row names the zone of the firm, in which its times are shown."""


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
    "dispute": "/disputes/",
    "claim": "/claims/",
    "message": "/messages/",
    "order": "/orders/",
    "customer_invoice": "/invoices/",
    "customer": "/shipments?customer=",
}
"""Where each kind of thing is shown."""


def stacked(*parts: Any) -> Markup:
    """Return the first part, and the others small below it."""
    first, *rest = parts
    small = Markup("").join(Markup("<br><small>{}</small>").format(each) for each in rest if each)
    return escape(first) + small
