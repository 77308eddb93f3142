"""Neither the order of anything nor a second copy of it changes what is paid."""

from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.audit.folder import BILLS, LOAD, LOADS, Said, audited, bill

KINDS = ("linehaul", "fuel_surcharge", "detention", "lumper", "ODD")
AMOUNTS = ("0.01", "168.75", "412.50", "825.00", "1650.00", "1675.00")
ENDS = {"S-1001": "B-77", "S-1002": "B-78", "S-1003": "B-79"}
SHIPMENTS = LOADS + "".join(
    LOAD.replace("S-1001", ref).replace("B-77", bol) for ref, bol in ENDS.items()
)
MOST = Decimal("1650.00") + Decimal("412.50") + Decimal("168.75") + 25

lines = st.tuples(st.sampled_from(KINDS), st.sampled_from(AMOUNTS))
specs = st.lists(
    st.tuples(st.lists(lines, min_size=1, max_size=4), st.sampled_from([*ENDS.values(), "B-0"])),
    min_size=1,
    max_size=6,
)


def rows_of(found) -> list[str]:
    return [
        row
        for number, (body, bol) in enumerate(found)
        for row in bill(*body, number=f"N{number}", bol=bol).splitlines()
    ]


def table(rows: list[str]) -> str:
    return BILLS + "".join(f"{row}\n" for row in rows)


def run(files: dict[str, str]) -> Said:
    with TemporaryDirectory() as folder:
        return audited(Path(folder), {"shipments.csv": SHIPMENTS} | files)


def amounts(said: Said) -> list[tuple[str, str, str, str]]:
    fields = ("invoice", "payable", "not_owed", "undecided")
    return sorted(tuple(one[field] for field in fields) for one in said.bills)


@settings(max_examples=25, deadline=None)
@given(specs, st.integers(0, 999))
def test_the_order_of_rows_and_files_never_changes_the_money(found, seed):
    rows = rows_of(found)
    shuffled = Random(seed).sample(rows, len(rows))
    head, *loads = SHIPMENTS.splitlines()
    turned = "\n".join([head, *reversed(loads)]) + "\n"

    one = run({"bills.csv": table(rows)})
    other = run({"a-invoices.csv": table(shuffled), "shipments.csv": turned})

    assert amounts(one) == amounts(other)


@settings(max_examples=25, deadline=None)
@given(specs)
def test_the_same_files_under_other_names_pay_nothing_more(found):
    rows = table(rows_of(found))

    once = run({"bills.csv": rows})
    copied = run({"bills.csv": rows, "bills-2.csv": rows, "shipments-2.csv": SHIPMENTS})
    rewritten = run({"bills.csv": rows, "bills-2.csv": rows.replace("\n", "\r\n")})

    assert copied.total("payable") == once.total("payable")
    assert len(copied.bills) == len(once.bills)
    assert rewritten.total("payable") == once.total("payable")


@settings(max_examples=25, deadline=None)
@given(specs)
def test_what_is_billed_is_payable_or_disputed_and_never_paid_above_agreed_plus_tolerance(found):
    said = run({"bills.csv": table(rows_of(found))})

    for one in said.bills:
        assert Decimal(one["payable"]) + Decimal(one["disputed"]) == Decimal(one["billed"])
    paid: dict[str, Decimal] = {}
    for one in said.bills:
        ref = one["shipment"]
        paid[ref] = paid.get(ref, Decimal(0)) + Decimal(one["payable"])
    assert paid.pop("", Decimal(0)) == 0
    bills = {ref: sum(1 for one in said.bills if one["shipment"] == ref) for ref in paid}
    assert all(amount <= MOST + 25 * (bills[ref] - 1) for ref, amount in paid.items())
