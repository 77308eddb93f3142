"""Which customer invoices stand in the ERP's books for which load."""

from collections.abc import Iterable

from drawbar.world.score.evidence import Booked
from drawbar.world.score.story import Story


def invoices_by_shipment(story: Story, documents: Iterable[Booked]) -> dict[str, list[Booked]]:
    """Return the posted customer invoices of each shipment; one of nobody's is under ""."""
    known = story.orders_by_shipment
    found: dict[str, list[Booked]] = {}
    for one in documents:
        if one.kind == "invoice" and one.state == "posted":
            found.setdefault(one.named(known), []).append(one)
    return found
