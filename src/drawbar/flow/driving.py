"""Who drives a load: the carrier that has it, or one that has not answered its newest version yet.

What it has picked up can neither be changed, cancelled nor given to another by us alone.
"""

from drawbar.flow import reassessment
from drawbar.flow.company import Company
from drawbar.flow.shipment_state import ShipmentState


def on_the_road(load: ShipmentState, company: Company) -> bool:
    """Return whether the freight has left its pickup with the carrier that may be driving."""
    return reassessment.is_picked_up(load.as_driven, company)


def settled_for(load: ShipmentState) -> bool:
    """Return whether anybody was paid or invoiced for the load."""
    return bool(load.used or load.invoice_refs)
