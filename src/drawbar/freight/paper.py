"""Papers about a shipment beside its proof of delivery: bill of lading, receipt, certificate."""

from msgspec import Struct

from drawbar.freight.billing_terms import PaperKind
from drawbar.freight.fact import Fact, FactKey
from drawbar.freight.money import Money


class FiledPaper(Struct, frozen=True, kw_only=True):
    """A paper that is on file; ``document`` is the content hash of its scan, empty without one."""

    kind: PaperKind
    number: str = ""
    money: Money | None = None
    document: str = ""
    fact: FactKey


class PaperFiled(Fact, frozen=True, kw_only=True):
    """Somebody files a paper with a shipment: a bill of lading, a receipt, a certificate.

    ``number`` is what stands on it, ``money`` what a receipt is over.
    """

    shipment_ref: str
    kind: PaperKind
    filed_by: str
    number: str = ""
    money: Money | None = None
    document: str = ""
