"""A word to a carrier that goes out once: a round, a claim, or that we miss its bill."""

from drawbar.flow.company import Company
from drawbar.flow.decision import NOTHING, Decision
from drawbar.freight.delivery import Delivery, Lane, TellCarrier
from drawbar.freight.identity import key_for
from drawbar.freight.stream import StreamKey


def told(payload: TellCarrier, *, stream: StreamKey, key: str, company: Company) -> Decision:
    """Return the message; nothing for a carrier that the firm does not know."""
    carrier = company.carriers.get(payload.carrier_ref)
    if carrier is None:
        return NOTHING
    delivery = Delivery(
        system=carrier.system,
        lane=Lane.NOTIFY,
        stream=stream,
        business_key=key_for("tell", payload.topic.value, payload.about, key),
        payload=payload,
    )
    return Decision(deliveries=(delivery,))
