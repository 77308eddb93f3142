"""What a trace says of disputes and claims in half a line."""

import pytest

from drawbar.cli.gist import gist
from drawbar.freight.chase import InvoiceMissing
from drawbar.freight.claim import ClaimSaid, ClaimStep
from drawbar.freight.dispute import DisputeAnswered, Ending, LineEnded, PartAmount, Voice
from tests.flow.stage import usd, when

ROUND = DisputeAnswered(
    key="r",
    dispute_ref="D-S-1-linehaul-0",
    voice=Voice.OURS,
    amounts=(PartAmount(bill_ref="B-1", line=1, money=usd("80.00")),),
    said_by="Ines",
    role="finance",
    **when(),
)
ENDED = LineEnded(
    key="e",
    dispute_ref="D-S-1-linehaul-0",
    bill_ref="B-1",
    line=1,
    ended={Ending.CREDITED: usd("120.00")},
    because="agreed",
    **when(),
)
OFFER = ClaimSaid(
    key="o",
    claim_ref="CC-S-1",
    step=ClaimStep.OFFER,
    voice=Voice.CARRIER,
    money=usd("200.00"),
    said_by="carrier:ABCD",
    role="carrier",
    **when(),
)


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        (ROUND, "Ines says 80.00 USD for B-1:1"),
        (ENDED, "B-1 line 1: 120.00 USD credited"),
        (OFFER, "offer 200.00 USD by carrier:ABCD"),
        (InvoiceMissing(key="m", shipment_ref="S-1", **when()), "nobody billed S-1"),
    ],
    ids=["a round", "an end", "an offer", "a missing bill"],
)
def test_a_fact_says_who_what_and_how_much(fact, says):
    assert gist(fact) == says
