"""What the ERP holds of each bill: its vouchers with their revisions, and the credits beside them.

The ERP calls a voucher by the carrier's number and our name for the bill: "19267/B-260312-…#2".
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from drawbar.world.score.evidence import BILL_SUBJECT, Booked


class Claim(Struct, frozen=True, kw_only=True):
    """What was posted of one bill, in one currency. ``ours`` is the firm's name for the bill.

    ``number`` and ``carrier`` are empty where only journals are about it. ``shipment`` is the one
    that it was booked for, empty where that cannot be told.
    """

    ours: str
    carrier: str
    number: str
    currency: str
    shipment: str
    text: str
    amount: Decimal
    first_at: datetime
    origins: tuple[str, ...]

    def is_of(self, carrier: str, number: str) -> bool:
        """Say whether it is about a bill of this number."""
        if self.number:
            return (self.carrier, self.number) == (carrier, number)
        return self.text.startswith(f"{carrier} {number} for ")


def claims_of(documents: Iterable[Booked], shipments: Collection[str]) -> tuple[Claim, ...]:
    """Return what was posted of each bill, the earliest first."""
    groups: dict[tuple[str, str], list[Booked]] = {}
    for one in documents:
        is_about_bill = one.kind == "voucher" or one.subject.startswith(BILL_SUBJECT)
        if one.state == "posted" and is_about_bill:
            groups.setdefault((_ours(one), one.currency), []).append(one)
    claims = (_claim(ours, group, shipments) for (ours, _), group in groups.items())
    return tuple(sorted(claims, key=lambda claim: (claim.first_at, claim.ours)))


def _claim(ours: str, group: list[Booked], shipments: Collection[str]) -> Claim:
    voucher = next((one for one in group if one.kind == "voucher"), None)
    first = voucher or group[0]
    return Claim(
        ours=ours,
        carrier=voucher.party if voucher else "",
        number=voucher.reference.rpartition("/")[0].strip() if voucher else "",
        currency=first.currency,
        shipment=first.named(shipments),
        text=first.text,
        amount=sum((one.owes for one in group), start=Decimal(0)),
        first_at=min(one.posted_at for one in group),
        origins=tuple(one.origin for one in group),
    )


def _ours(one: Booked) -> str:
    if one.subject.startswith(BILL_SUBJECT):
        return one.subject.removeprefix(BILL_SUBJECT)
    return one.reference.rpartition("/")[2].partition("#")[0] or one.number
