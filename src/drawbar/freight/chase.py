"""The chase list: loads that were delivered, and for which no carrier's bill came."""

from drawbar.freight.fact import Fact


class InvoiceMissing(Fact, frozen=True, kw_only=True):
    """A load was delivered so many days ago, and not all that it costs was billed."""

    shipment_ref: str
