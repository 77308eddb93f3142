"""The agreed charges of a shipment as a bill finds them: with what others have used of each."""

from drawbar.flow import tally
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import FreightBill
from drawbar.freight.money import Money, zero
from drawbar.freight.verdict import OpenCharge


def open_charges(load: ShipmentState, *, used: tally.Tally) -> tuple[OpenCharge, ...]:
    """Return the agreed charges of a shipment with what is ``used`` of each."""
    return tuple(
        OpenCharge(
            agreed=one,
            used=used.get(one.charge_ref, zero(one.charge.money.currency)),
            tolerated=load.tolerated.get(one.charge_ref),
        )
        for one in load.buy
    )


def charges_for(billed: FreightBill, load: ShipmentState) -> tuple[OpenCharge, ...]:
    """Return the agreed charges as one bill finds them.

    A credit also finds what was paid and is agreed no more: that is what it gives back.
    """
    agreed = open_charges(load, used=load.used)
    if all(line.money.amount >= 0 for line in billed.lines):
        return agreed
    known = {one.charge_ref for one in load.buy}
    gone = (_gone(ref, money) for ref, money in sorted(load.used.items()) if ref not in known)
    return (*agreed, *gone)


def _gone(charge_ref: str, used: Money) -> OpenCharge:
    """Return a charge that was used and is agreed no more, by its name: "detention:2"."""
    kind, _, stop = charge_ref.partition(":")
    charge = Charge(
        kind=ChargeKind(kind),
        money=zero(used.currency),
        stop=int(stop) if stop.isdecimal() else 0,
    )
    why = Explanation(rule="agreed no more")
    return OpenCharge(agreed=AgreedCharge(charge_ref=charge_ref, charge=charge, why=why), used=used)
