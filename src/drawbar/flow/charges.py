"""The agreed charges of a shipment as a bill finds them: with what others have used of each."""

from drawbar.flow import tally
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.money import zero
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
