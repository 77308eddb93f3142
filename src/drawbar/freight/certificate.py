"""A certificate of weight or class: what a scale or an inspection says of the freight itself."""

from decimal import Decimal

from drawbar.freight.fact import Fact
from drawbar.freight.reference import Reference


class FreightCertified(Fact, frozen=True, kw_only=True):
    """Somebody certified what freight weighs, or its class. ``happened_at`` is the certificate's.

    A figure that it does not state is None or empty. ``sku`` names the line of goods, empty for the
    whole shipment; ``document`` is the content hash of the certificate, empty where none came.
    """

    references: tuple[Reference, ...]
    certificate_ref: str
    weight_lb: Decimal | None = None
    freight_class: str = ""
    sku: str = ""
    document: str = ""
    reported_by: str = ""
