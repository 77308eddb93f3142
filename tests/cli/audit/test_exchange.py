"""A bill in another currency than its contract is judged by the rate of the day that counts."""

import pytest

from tests.cli.audit.folder import CONTRACT, LOAD, LOADS, audited

BILLS = "carrier,invoice,invoice date,bol,charge,amount,currency\n"
RATES = (
    "base,quote,rate_on,rate,known_at\n"
    "USD,CAD,2026-03-10,1.3600,2026-03-10T20:00:00Z\n"
    "USD,CAD,2026-03-13,1.3700,2026-03-13T20:00:00Z\n"
)
TERMS = "exchange: {clause: X, source: BOC, settle_in: CAD, day: DAY}\n"


def billed(amount: str, *, number: str = "1", day: str = "2026-03-14") -> str:
    """Return one line of linehaul in Canadian dollars."""
    return f"ABCD,{number},{day},B-77,linehaul,{amount},CAD\n"


@pytest.mark.parametrize(
    ("day", "agreed"),
    [("invoice", "2260.50"), ("delivery", "2244.00")],
    ids=["day of the bill", "day of the delivery"],
)
def test_the_rate_of_the_contracts_day_prices_the_bill(tmp_path, day, agreed):
    said = audited(
        tmp_path,
        {
            "contracts/ABCD.yaml": CONTRACT + TERMS.replace("DAY", day),
            "exchange/BOC.csv": RATES,
            "shipments.csv": LOADS + LOAD,
            "bills.csv": BILLS + billed("2300.00"),
        },
    )
    (bill,) = said.bills
    assert (bill["payable"], bill["reason"]) == (agreed, "RATE")


def test_a_later_bill_is_judged_at_the_day_of_the_first(tmp_path):
    rows = billed("2244.00", day="2026-03-12") + billed("16.50", number="2")
    said = audited(
        tmp_path,
        {
            "contracts/ABCD.yaml": CONTRACT + TERMS.replace("DAY", "invoice"),
            "exchange/BOC.csv": RATES,
            "shipments.csv": LOADS + LOAD,
            "bills.csv": BILLS + rows,
        },
    )
    assert [one["payable"] for one in said.bills] == ["2244.00", "0.00"]
    assert said.total("undecided") == 0
