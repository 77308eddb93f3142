"""On Postgres a bill without a known reference is found by attributes, whichever comes first."""

from datetime import timedelta

import pytest
from msgspec import structs

from drawbar.engine import Engine
from drawbar.flow.run import FreightRun
from drawbar.freight.reference import Reference, ReferenceKind
from tests.engine.database import rows
from tests.engine.test_firm import assert_settled, whole_story
from tests.flow.stage import MONDAY, acme
from tests.flow.test_bill_attributes import MOVE, assigns

pytestmark = pytest.mark.system
UNKNOWN = (Reference(ReferenceKind.BOL, "BOL-1O01"),)


def story():
    """Return all but the bill, and the bill as one that names nothing known."""
    *driven, billed = whole_story()
    said = structs.replace(billed.bill, references=UNKNOWN, move=MOVE)
    return driven, structs.replace(billed, bill=said)


@pytest.mark.parametrize("is_early", [True, False], ids=["bill first", "shipment first"])
def test_a_bill_is_proposed_its_shipment_and_paid_on_a_persons_word(pool, clock, is_early):
    clock.time = MONDAY - timedelta(days=1)
    firm = Engine(pool, FreightRun(acme()), clock, {})
    driven, billed = story()
    if is_early:
        billed = structs.replace(billed, learned_at=MONDAY - timedelta(hours=20))

    for fact in (billed, *driven) if is_early else (*driven, billed):
        clock.time = max(clock.time, fact.learned_at)
        firm.learn([fact])
        firm.run_until_idle()
    before = rows(pool, "SELECT status FROM freight_bills")
    asked = rows(pool, "SELECT kind FROM cases")
    firm.learn([structs.replace(assigns("S-1001"), bill_ref=billed.bill.bill_ref)])
    firm.run_until_idle()

    assert (before, asked) == ([("waiting_shipment",)], [("ambiguous",)])
    assert_settled(pool)
