"""What of a carrier's bill we do not pay, and why, in the words of its API. Pure."""

from decimal import Decimal

from msgspec import Struct

from drawbar.connectors.carrier_api.manifest import Settings
from drawbar.freight.delivery import RefuseBill


class Notice(Struct, frozen=True, kw_only=True):
    """A word about a bill; ``reference`` is our business key, ``about`` our name for the bill."""

    reference: str
    carrier: str
    invoice: str
    about: str
    reason: str
    text: str
    refused: Decimal | None
    currency: str


def notice(refused: RefuseBill, business_key: str, settings: Settings) -> Notice:
    """Return what to post. Nothing is refused where it only asks for something."""
    money = refused.refused
    return Notice(
        reference=business_key,
        carrier=settings.party_ref,
        invoice=refused.invoice_number,
        about=refused.bill_ref,
        reason=refused.reason,
        text=refused.text,
        refused=money.amount if money else None,
        currency=money.currency if money else "",
    )
