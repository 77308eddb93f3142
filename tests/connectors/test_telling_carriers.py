"""A word to a carrier about a claim or a missing bill, as each kind of carrier gets it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from drawbar.connectors.carrier_api import manifest as carrier_api
from drawbar.connectors.carrier_api.notice import notice
from drawbar.connectors.csv_folder import manifest as csv_folder
from drawbar.connectors.csv_folder.tender import name_of
from drawbar.freight.delivery import TellCarrier, Topic
from drawbar.freight.money import Money
from tests.connectors.carrier_api.test_mapping import SETTINGS

CLAIM = TellCarrier(
    topic=Topic.CARGO_CLAIM,
    about="CC-S-1001",
    carrier_ref="NRTH",
    shipment_ref="S-1001",
    text="S-1001 was delivered with 2 pieces short.",
    money=Money(Decimal("290.00"), "USD"),
    answer_by=datetime(2026, 7, 15, 5, tzinfo=UTC),
)


def test_it_says_what_for_how_much_and_until_when():
    assert CLAIM.words == (
        "S-1001 was delivered with 2 pieces short. Amount: 290.00 USD."
        " Please answer before 2026-07-15 05:00 UTC."
    )


def test_a_carriers_api_gets_it_as_a_notice_that_refuses_nothing():
    said = notice(CLAIM, "tell:cargo_claim:CC-S-1001:filed", SETTINGS)

    assert (said.reason, said.about, said.refused) == ("cargo_claim", "CC-S-1001", None)
    assert "290.00 USD" in said.text


def test_a_carrier_on_tables_gets_it_among_its_notices():
    assert name_of("TellCarrier", "tell:1") == "notices-tell%3A1.csv"


@pytest.mark.parametrize("kinds", [carrier_api.KINDS, csv_folder.KINDS], ids=["API", "tables"])
def test_who_takes_a_refused_bill_takes_every_other_word_too(kinds: frozenset[str]):
    assert {"RefuseBill", "TellCarrier"} <= kinds
