"""Who drives a load: the carrier that has it, or one that has not answered its newest version yet.

What it has picked up can neither be changed, cancelled nor given to another by us alone.
"""

from msgspec import structs

from drawbar.dispatch.waterfall import OfferState
from drawbar.flow import reassessment
from drawbar.flow.company import Company
from drawbar.flow.shipment_state import ShipmentState


def on_the_road(load: ShipmentState, company: Company) -> bool:
    """Return whether the freight has left its pickup with the carrier that may be driving."""
    return reassessment.is_picked_up(_as_driven(load), company)


def settled_for(load: ShipmentState) -> bool:
    """Return whether anybody was paid or invoiced for the load."""
    return bool(load.used or load.invoice_refs)


def _as_driven(load: ShipmentState) -> ShipmentState:
    """Return the load as if its carrier had confirmed the newest version: its reports count."""
    offer = load.waterfall.committed
    if offer is None:
        return load
    confirmed = structs.replace(offer, state=OfferState.ACCEPTED)
    return structs.replace(load, waterfall=load.waterfall.replaced(confirmed))
