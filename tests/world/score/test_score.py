"""A whole score: a clean run is all zeros, and each mistake moves its own figure."""

from tests.world.score.town import Town, day

NAMES = (
    "orders dispatched delivered invoiced bills clean_bills touchless_pct false_approvals"
    " missed_overcharge_usd held_wrongly_usd reconciled_pct open_cases injected_faults lost doubled"
    " ledger_balance erp_difference seconds"
)


def test_a_run_without_mistakes(town: Town):
    for number in (1, 2, 3):
        town.whole(f"SO-{number}")
        town.voucher(f"SO-{number}")
        town.invoice(f"SO-{number}", number=number)
    town.whole("SO-4", billed="1100.00", payable="1000.00")
    town.voucher("SO-4")
    town.invoice("SO-4", number=4)

    headline = town.score(open_cases=1, seconds=2.5).headline()

    assert list(headline) == NAMES.split()
    assert headline == {
        "orders": 4,
        "dispatched": 4,
        "delivered": 4,
        "invoiced": 4,
        "bills": 4,
        "clean_bills": 3,
        "touchless_pct": 100.0,
        "false_approvals": 0,
        "missed_overcharge_usd": "0.00",
        "held_wrongly_usd": "0.00",
        "reconciled_pct": 100.0,
        "open_cases": 1,
        "injected_faults": 1,
        "lost": 0,
        "doubled": 0,
        "ledger_balance": "0.00",
        "erp_difference": None,
        "seconds": 2.5,
    }
    assert day(0) < day(1)
