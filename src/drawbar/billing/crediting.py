"""What becomes of money that is taken back: it was not owed, or it is let go, or asked for anew."""

from collections.abc import Iterable, Mapping

from drawbar.billing.late_charge import Leak, LeakCause
from drawbar.freight.instant import Instant
from drawbar.freight.invoice import InvoiceLine
from drawbar.freight.money import Money, zero


def let_go(
    taken: Iterable[InvoiceLine],
    *,
    owed: Mapping[str, Money],
    invoiced: Mapping[str, Money],
    document: str,
    why: str,
    at: Instant,
) -> tuple[Leak, ...]:
    """Return what of a shipment's credited lines was owed all the same, by charge.

    ``taken`` are lines below zero; ``invoiced`` is what stays invoiced of each charge after them.
    What was charged beyond what is ``owed`` is no loss: it was never ours.
    """
    found = []
    for line in taken:
        back = -line.charge.money
        nothing = zero(back.currency)
        still = owed.get(line.charge_ref, nothing) - invoiced.get(line.charge_ref, nothing)
        lost = min(back, max(still, nothing))
        if lost.amount:
            found.append(
                Leak(
                    charge_ref=line.charge_ref,
                    kind=line.charge.kind,
                    money=lost,
                    cause=LeakCause.CREDITED,
                    since=at,
                    document=document,
                    text=why,
                )
            )
    return tuple(found)
