"""What of a judged bill goes to accounts payable, when it is due, and what is left in dispute."""

from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct, structs

from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.instant import Instant
from drawbar.freight.money import Money, total, zero
from drawbar.freight.verdict import LineVerdict, Reason


class Disputed(Struct, frozen=True, kw_only=True):
    """Money of one line that the carrier wants and we contest. ``money`` is not zero."""

    line: int
    money: Money
    reason: Reason
    text: str
    remedy: str


class Settlement(Struct, frozen=True, kw_only=True):
    """What follows from the verdicts on one bill, in the bill's currency.

    ``lines`` are what is payable, line by line, credits below zero, none of them zero; their sum is
    ``net``. ``total`` is what is paid, zero or more; ``carried`` is the credit left over for later
    payables, zero or more. ``claims`` are paid and claimed back.
    """

    lines: tuple[BillLine, ...]
    total: Money
    carried: Money
    due_at: Instant
    disputes: tuple[Disputed, ...]
    claims: tuple[Disputed, ...]

    @property
    def net(self) -> Money:
        """Return what accounts payable changes by, below zero for a credit: what the books show."""
        return self.total - self.carried


def settle(
    bill: FreightBill,
    verdicts: tuple[LineVerdict, ...],
    *,
    payment_days: int,
    received_at: Instant,
    pod_at: Instant | None,
) -> Settlement:
    """Return what is paid, carried, disputed and claimed of ``bill``.

    The term runs from the later of the bill's receipt and the proof of delivery; without a proof
    from the receipt.
    """
    lines = tuple(
        structs.replace(verdict.line, money=verdict.payable)
        for verdict in verdicts
        if verdict.payable.amount
    )
    net = total((line.money for line in lines), currency=bill.currency)
    nothing = zero(bill.currency)
    from_at = received_at if pod_at is None else max(received_at, pod_at)
    return Settlement(
        lines=lines,
        total=max(net, nothing),
        carried=max(-net, nothing),
        due_at=from_at + timedelta(days=payment_days),
        disputes=_contested((verdict, verdict.disputed) for verdict in verdicts),
        claims=_contested((one, one.claimed) for one in verdicts if one.claimed is not None),
    )


def _contested(parts: Iterable[tuple[LineVerdict, Money]]) -> tuple[Disputed, ...]:
    return tuple(
        Disputed(
            line=verdict.line.number,
            money=money,
            reason=verdict.reason or Reason.RATE,
            text=verdict.text,
            remedy=verdict.remedy,
        )
        for verdict, money in parts
        if money.amount
    )
