"""Lists that go on: rows of one kind, newest first, filtered by what stands in columns."""

from drawbar.records.desk.listing import (
    BILLS,
    CASES,
    DELIVERIES,
    MESSAGES,
    ORDERS,
    SHIPMENTS,
    Leaf,
    Listing,
    leaf,
)

__all__ = [
    "BILLS",
    "CASES",
    "DELIVERIES",
    "MESSAGES",
    "ORDERS",
    "SHIPMENTS",
    "Leaf",
    "Listing",
    "leaf",
]
