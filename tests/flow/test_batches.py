"""The same facts end alike, whether what follows is decided after each or after all of them.

An engine takes many facts in one transaction and decides what follows from them later. Nothing is
tolerated here: whether a difference is small enough hangs on what is known when it is judged.
"""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import ChargeApproved
from drawbar.freight.ledger import Account
from drawbar.freight.party import Tolerance
from tests.flow.stage import Stage, acme, answered, bill, driven, released, usd, when

LINES = (
    (ChargeKind.LINEHAUL, "1650.00"),
    (ChargeKind.FUEL_SURCHARGE, "412.50"),
    (ChargeKind.LINEHAUL, "1674.00"),
    (ChargeKind.LINEHAUL, "990.00"),
    (ChargeKind.DETENTION, "168.75"),
    (ChargeKind.DETENTION, "150.00"),
    (ChargeKind.LUMPER, "150.00"),
)
BILLS = st.lists(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=3, unique=True), min_size=1, max_size=3
)


NONE = Tolerance(
    bill_over_percent=Decimal(0),
    bill_over=Decimal(0),
    bill_under_percent=Decimal(0),
    bill_under=Decimal(0),
    line_over_percent=Decimal(0),
)


def approved(amount):
    return ChargeApproved(
        key=f"approved:{amount}",
        shipment_ref="S-1001",
        kind=ChargeKind.LUMPER,
        money=usd(amount),
        approved_by="Ann",
        role="admin",
        reason="because",
        **when(5000),
    )


def ended(facts, size):
    """Return how it all ends when facts are learned ``size`` at a time."""
    stage = Stage(acme(tolerance=NONE))
    stage.learn(released())
    stage.learn(answered("S-1001-V1T1"))
    for start in range(0, len(facts), size):
        stage.learn(*facts[start : start + size])
    load = stage.shipment("S-1001")
    bills = [one.bill.bill_ref for one in facts if hasattr(one, "bill")]
    verdicts = {
        ref: (
            stage.bill(ref).status,
            [(one.payable, one.disputed) for one in stage.bill(ref).verdicts],
        )
        for ref in sorted(bills)
    }
    return {
        "charges": load.buy,
        "used": load.used,
        "verdicts": verdicts,
        "payable": stage.balance(Account.ACCOUNTS_PAYABLE),
        "receivable": stage.balance(Account.ACCOUNTS_RECEIVABLE),
        "cases": sorted(map(str, stage.cases)),
    }


@settings(max_examples=25, deadline=None)
@given(BILLS, st.data())
def test_a_batch_of_one_and_a_batch_of_all_end_alike(billed, data):
    bills = [
        bill(*lines, ref=f"B-{place}", number=f"{place}X", at=4000 + place)
        for place, lines in enumerate(billed)
    ]
    facts = data.draw(st.permutations([*bills, *driven(dwell=247), approved("150.00")]))

    assert ended(facts, 1) == ended(facts, len(facts))
