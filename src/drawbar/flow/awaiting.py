"""What a shipment's price still hangs on: indices and exchange rates that have not spoken yet."""

from msgspec import structs

from drawbar.flow.conclusion import Charged
from drawbar.flow.consequence import following
from drawbar.flow.decision import NOTHING, Decision, Naming
from drawbar.flow.index_state import figure_key
from drawbar.flow.needs import shipment
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.fact import Fact
from drawbar.freight.index import IndexAwaited


def asked(state: ShipmentState, priced: Charged, fact: Fact) -> tuple[ShipmentState, Decision]:
    """Return the shipment with all that it waits for, and the question to each that is new."""
    charges = (*priced.state.buy, *priced.state.sell)
    lacking = {index for one in charges for index in one.awaits}
    lacking |= {index for _, why in priced.unrated for index in why.awaits}
    now = tuple(sorted(lacking))
    if now == state.awaiting:
        return state, NOTHING
    ref = state.shipment_ref
    questions = tuple(
        following(IndexAwaited, fact, about=f"{index}:{ref}", index=index, shipment_ref=ref)
        for index in now
        if index not in state.awaiting
    )
    return structs.replace(state, awaiting=now), Decision(follows=questions)


def named_by(state: ShipmentState, before: ShipmentState) -> Decision:
    """Return the figures that price a load now, as names: who corrects one finds it by them."""
    fresh = [one for one in _figures(state) if one not in _figures(before)]
    if not fresh:
        return NOTHING
    stream = shipment(state.shipment_ref)
    return Decision(
        names=tuple(Naming(key=figure_key(one), stream=stream, spelled=one) for one in fresh)
    )


def _figures(state: ShipmentState) -> dict[str, None]:
    charges = (*state.buy, *state.sell)
    return dict.fromkeys(name for one in charges for name in one.priced_by)
