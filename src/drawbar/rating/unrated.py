"""Why a shipment could not be priced. A person is told; no figure is made up."""

from msgspec import Struct


class Unrated(Struct, frozen=True, tag=True):
    """No price under this contract. ``remedy`` is what a person changes so that there is one.

    ``awaits`` names the indices and sources of exchange rates that have not said what is needed.
    """

    text: str
    remedy: str
    awaits: tuple[str, ...] = ()
