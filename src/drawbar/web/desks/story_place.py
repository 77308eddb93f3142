"""Where the page of a thing is: every reference on a page leads to it."""

from urllib.parse import quote

_PAGES = {
    "shipment": "/shipments/",
    "freight_bill": "/bills/",
    "order": "/orders/",
    "message": "/messages/",
    "customer": "/shipments?customer=",
    "customer_invoice": "/search?q=",
}


def page_of(kind: str, ref: str) -> str:
    """Return the address of a thing's own page, empty for what has none."""
    path = _PAGES.get(kind)
    return path + quote(ref, safe="") if path and ref else ""


def case_page(case_id: int) -> str:
    """Return the address of a case's own page."""
    return f"/cases/{case_id}"
