"""Streams: the things whose story we follow, each with one state and one order of facts."""

from enum import StrEnum

from msgspec import Struct


class StreamKind(StrEnum):
    """What the story is about. The values are stored; streams are locked in this order."""

    CUSTOMER = "customer"
    ORDER = "order"
    SHIPMENT = "shipment"
    FREIGHT_BILL = "freight_bill"
    CUSTOMER_INVOICE = "customer_invoice"
    NUMBER_SERIES = "number_series"
    PAYEE = "payee"
    PAYMENT_RUN = "payment_run"
    PERIOD = "period"
    DISPUTE = "dispute"
    CLAIM = "claim"
    INDEX = "index"


class StreamKey(Struct, frozen=True, order=True, gc=False):
    """One story: what kind of thing, and our reference for it."""

    kind: StreamKind
    ref: str

    def __str__(self) -> str:
        return f"{self.kind.value} {self.ref}"
