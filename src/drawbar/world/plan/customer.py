"""The customers: where their freight starts and ends, and how much of it there is."""

from collections.abc import Mapping

from msgspec import Struct


class Account(Struct, frozen=True, kw_only=True):
    """One customer. ``per_mille`` of all orders are its own; it pays after ``payment_days``.

    ``margin`` is how many percent it pays above what carriers get on the mean.
    """

    ref: str
    name: str
    sku: str
    per_mille: int
    payment_days: int
    margin: int
    strict: bool
    origins: tuple[str, ...]
    destinations: tuple[str, ...]

    @property
    def lanes(self) -> tuple[tuple[str, str], ...]:
        """Return every pair of an origin and a destination."""
        pairs = ((one, other) for one in self.origins for other in self.destinations)
        return tuple(pair for pair in pairs if pair[0] != pair[1])


_ALL = (
    Account(
        ref="GLOBEX", name="Globex Manufacturing", sku="PUMP", per_mille=240, payment_days=30,
        margin=22, strict=True, origins=("Dallas TX", "Houston TX"),
        destinations=("Chicago IL", "Atlanta GA", "Memphis TN", "Kansas City MO", "San Antonio TX",
                      "Columbus OH", "Denver CO"),
    ),
    Account(
        ref="INITECH", name="Initech Retail", sku="SHELVING", per_mille=190, payment_days=14,
        margin=20, strict=True, origins=("Atlanta GA", "Charlotte NC"),
        destinations=("Newark NJ", "Philadelphia PA", "Jacksonville FL", "Nashville TN",
                      "Baltimore MD", "Miami FL", "Birmingham AL"),
    ),
    Account(
        ref="LAKEVIEW", name="Lakeview Foods", sku="CANNED GOODS", per_mille=160, payment_days=21,
        margin=17, strict=True, origins=("Chicago IL", "Milwaukee WI"),
        destinations=("Minneapolis MN", "Detroit MI", "St. Louis MO", "Pittsburgh PA",
                      "Indianapolis IN", "Omaha NE", "Buffalo NY"),
    ),
    Account(
        ref="PACIFICA", name="Pacifica Imports", sku="FURNITURE", per_mille=130, payment_days=30,
        margin=24, strict=False, origins=("Ontario CA", "Stockton CA"),
        destinations=("Phoenix AZ", "Salt Lake City UT", "Portland OR", "Seattle WA",
                      "Albuquerque NM", "Los Angeles CA"),
    ),
    Account(
        ref="KEYSTONE", name="Keystone Paper", sku="PAPER ROLL", per_mille=110, payment_days=30,
        margin=19, strict=True, origins=("Harrisburg PA",),
        destinations=("Boston MA", "Richmond VA", "Cleveland OH", "Hartford CT", "Albany NY",
                      "Raleigh NC", "Edison NJ"),
    ),
    Account(
        ref="RIVERBEND", name="Riverbend Appliances", sku="WASHER", per_mille=80, payment_days=21,
        margin=21, strict=True, origins=("Louisville KY", "Cincinnati OH"),
        destinations=("Orlando FL", "Greensboro NC", "Grand Rapids MI", "Des Moines IA",
                      "Knoxville TN", "Norfolk VA"),
    ),
    Account(
        ref="GULFPORT", name="Gulfport Chemicals", sku="DRUM", per_mille=60, payment_days=14,
        margin=26, strict=False, origins=("New Orleans LA", "Mobile AL"),
        destinations=("Little Rock AR", "Oklahoma City OK", "Tampa FL", "Savannah GA",
                      "Greenville SC", "Charleston SC"),
    ),
    Account(
        ref="HIGHPLAIN", name="High Plains Implements", sku="TILLER", per_mille=30,
        payment_days=45, margin=23, strict=True, origins=("Wichita KS",),
        destinations=("Joliet IL", "El Paso TX", "Laredo TX", "Denver CO", "Omaha NE"),
    ),
)  # fmt: skip

ACCOUNTS: Mapping[str, Account] = {one.ref: one for one in _ALL}
"""By the customer's reference."""
