"""What we tell a carrier: what of its bill we do not pay and why, a claim, a question. Pure."""

from decimal import Decimal

from msgspec import Struct

from drawbar.connectors.carrier_api.manifest import Settings
from drawbar.freight.delivery import RefuseBill, TellCarrier


class Notice(Struct, frozen=True, kw_only=True):
    """A word to the carrier; ``reference`` is our business key, ``about`` the matter's name."""

    reference: str
    carrier: str
    invoice: str
    about: str
    reason: str
    text: str
    refused: Decimal | None
    currency: str


def notice(payload: RefuseBill | TellCarrier, business_key: str, settings: Settings) -> Notice:
    """Return what to post. Nothing is refused where it only asks for something."""
    if isinstance(payload, TellCarrier):
        return _told(payload, business_key, settings)
    money = payload.refused
    return Notice(
        reference=business_key,
        carrier=settings.party_ref,
        invoice=payload.invoice_number,
        about=payload.bill_ref,
        reason=payload.reason,
        text=payload.text,
        refused=money.amount if money else None,
        currency=money.currency if money else "",
    )


def _told(payload: TellCarrier, business_key: str, settings: Settings) -> Notice:
    return Notice(
        reference=business_key,
        carrier=settings.party_ref,
        invoice=payload.invoice_number,
        about=payload.about,
        reason=payload.topic.value,
        text=payload.words,
        refused=None,
        currency="",
    )
