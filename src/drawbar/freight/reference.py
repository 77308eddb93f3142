"""References: every name that anybody has for a shipment, an order or a bill.

Two spellings of one name compare equal once normalised; whose name it is decides how.
"""

import re
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct


class ReferenceKind(StrEnum):
    """What kind of name it is. The values are stored."""

    ORDER = "order"
    SHIPMENT = "shipment"
    TENDER = "tender"
    PO = "po"
    BOL = "bol"
    PRO = "pro"
    CONTAINER = "container"
    CARRIER_INVOICE = "carrier_invoice"
    BILL = "bill"
    INVOICE = "invoice"
    INVOICE_PERIOD = "invoice_period"
    MARKET_FIGURE = "market_figure"
    ERP_DOCUMENT = "erp_document"
    EDI_CONTROL = "edi_control"
    PAYMENT = "payment"
    ATTRIBUTES = "attributes"


PARTY_SCOPED = frozenset(
    {
        ReferenceKind.PRO,
        ReferenceKind.CARRIER_INVOICE,
        ReferenceKind.EDI_CONTROL,
        ReferenceKind.ATTRIBUTES,
    }
)
"""Names within one party: the same PRO of two carriers is two names."""


class Reference(Struct, frozen=True, order=True, forbid_unknown_fields=True, gc=False):
    """A name as somebody wrote it. ``party`` is whose name it is, empty where it is everybody's."""

    kind: ReferenceKind
    value: str
    party: str = ""

    def __str__(self) -> str:
        return f"{self.kind.value.upper()} {self.value}"


class ReferenceKey(Struct, frozen=True, order=True, gc=False):
    """A normalised name: what the index is searched by."""

    kind: ReferenceKind
    value: str
    party: str = ""


class ReferenceRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A carrier's habits in writing its PRO numbers.

    ``suffixes`` are endings that this carrier adds to mark a part or a correction, such as "-01".
    """

    drop_leading_zeros: bool = False
    suffixes: tuple[str, ...] = ()


PLAIN = ReferenceRule()
REMEMBERED_NAMES = 20_000
_NOISE = re.compile(r"[\s\-./_]+")


@lru_cache(maxsize=REMEMBERED_NAMES)
def normalise(reference: Reference, rule: ReferenceRule = PLAIN) -> ReferenceKey:
    """Return the key under which every spelling of this name is found."""
    value = reference.value.strip().upper()
    if reference.kind is ReferenceKind.PRO:
        value = _strip_suffix(value, rule.suffixes)
    value = _NOISE.sub("", value)
    if reference.kind is ReferenceKind.PRO and rule.drop_leading_zeros:
        value = value.lstrip("0")
    party = reference.party.upper() if reference.kind in PARTY_SCOPED else ""
    return ReferenceKey(reference.kind, value, party)


def _strip_suffix(value: str, suffixes: tuple[str, ...]) -> str:
    for suffix in suffixes:
        if value.endswith(suffix.upper()) and len(value) > len(suffix):
            return value[: -len(suffix)]
    return value
