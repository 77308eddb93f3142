"""Credits about what nobody agreed: a lumper of 90.00 that is contested, beside 2062.50 paid."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.flow.bill_state import BillState, BillStatus
from drawbar.flow.dispute_state import DisputeState
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.dispute import DisputeSettled, Ending, RestCode
from drawbar.freight.freight_bill import ChargeApproved
from drawbar.freight.ledger import Account
from drawbar.freight.money import Money, total
from drawbar.freight.stream import StreamKind
from tests.flow.stage import Stage, answered, bill, driven, released, usd, when

LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
LUMPER = (ChargeKind.LUMPER, "90.00")
REF = "D-S-1001-lumper-0"


def delivered() -> Stage:
    stage = Stage()
    stage.learn(released(), answered("S-1001-V1T1"), *driven())
    return stage


def contested() -> Stage:
    stage = delivered()
    stage.learn(bill(LINEHAUL, FUEL, LUMPER))
    return stage


def credit(money: str, ref: str = "B-2", *, at: float = 4600, kind: ChargeKind = ChargeKind.LUMPER):
    return bill((kind, f"-{money}"), ref=ref, number=f"CM-{ref}", at=at)


def lumper(money: str, ref: str, *, at: float):
    return bill((ChargeKind.LUMPER, money), ref=ref, number=f"N-{ref}", at=at)


def dispute(stage: Stage) -> DisputeState:
    state = stage.state(StreamKind.DISPUTE, REF)
    assert isinstance(state, DisputeState)
    return state


def paid(stage: Stage) -> Money:
    """Return what all bills come to."""
    bills = [one for one in stage.states.values() if isinstance(one, BillState)]
    return total((one.payable for one in bills), currency="USD")


def test_a_credit_for_the_whole_line_ends_its_dispute_as_credited():
    stage = contested()
    stage.learn(credit("90.00"))

    state = dispute(stage)
    assert (state.status, state.ended_as(Ending.CREDITED)) == ("closed", usd("90.00"))
    assert (paid(stage), stage.bill("B-1").status) == (usd("2062.50"), BillStatus.APPROVED)
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("-2062.50")
    assert not {CaseKind.OVERPAID, CaseKind.DISPUTE, CaseKind.BILL_STOPPED} & stage.open_cases()


def test_a_credit_for_a_part_leaves_only_the_rest_in_dispute():
    stage = contested()
    stage.learn(credit("50.00"))

    state, judged = dispute(stage), stage.bill("B-1")
    assert (state.status, state.open, judged.disputed) == ("open", usd("40.00"), usd("40.00"))
    assert state.ended_as(Ending.CREDITED) == usd("50.00")
    assert paid(stage) == usd("2062.50")
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("-2062.50")
    assert CaseKind.OVERPAID not in stage.open_cases()
    risk = [one.money_at_risk for one in stage.cases.values() if one.item == "line 3"]
    assert risk == [usd("40.00")]


@pytest.mark.parametrize(
    ("how", "pays"),
    [(Ending.PAID, "2102.50"), (Ending.CREDITED, "2062.50"), (Ending.WRITTEN_OFF, "2062.50")],
    ids=["paid", "credited", "written off"],
)
def test_the_rest_that_a_credit_left_ends_as_any_other(how: Ending, pays: str):
    stage = contested()
    stage.learn(credit("50.00"))
    stage.learn(
        DisputeSettled(
            key="end",
            dispute_ref=REF,
            how=how,
            code=RestCode.CREDIT_MEMO,
            reason="as told",
            settled_by="finance@acme",
            role="finance",
            **when(5000),
        )
    )

    state = dispute(stage)
    assert (state.status, state.ended_as(how) >= usd("40.00")) == ("closed", True)
    assert paid(stage) == usd(pays)
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == -Decimal(pays)


def test_what_is_approved_later_is_owed_only_for_the_rest_that_no_credit_took():
    stage = contested()
    stage.learn(credit("50.00"))
    stage.learn(
        ChargeApproved(
            key="approved",
            shipment_ref="S-1001",
            kind=ChargeKind.LUMPER,
            money=usd("90.00"),
            approved_by="M. Ito",
            role="admin",
            reason="receipt seen",
            **when(5000),
        )
    )

    assert dispute(stage).ended_as(Ending.GRANTED) == usd("40.00")
    assert paid(stage) == usd("2102.50")


def test_a_credit_that_comes_before_its_bill_covers_it_when_it_comes():
    stage = delivered()
    stage.learn(bill(LINEHAUL, FUEL, ref="B-0", number="N-0", at=4000), credit("90.00", at=4100))
    assert CaseKind.OVERPAID in stage.open_cases()  # it gives back what nobody billed: a look

    stage.learn(lumper("90.00", "B-3", at=4600))

    assert (dispute(stage).status, dispute(stage).credits) == ("closed", ())
    assert paid(stage) == usd("2062.50")
    assert CaseKind.OVERPAID not in stage.open_cases()


def test_a_credit_beyond_the_dispute_waits_and_takes_nothing_off_other_lines():
    stage = contested()
    stage.learn(credit("100.00"))

    assert [one.left for one in dispute(stage).credits] == [usd("10.00")]
    assert stage.bill("B-1").payable - usd("90.00") == usd("2062.50")
    assert CaseKind.OVERPAID in stage.open_cases()

    stage.learn(lumper("25.00", "B-3", at=5000))
    assert (dispute(stage).open, dispute(stage).credits) == (usd("15.00"), ())


def test_a_credit_of_what_we_paid_after_all_gives_that_back_and_pays_for_no_later_line():
    stage = contested()
    ends = DisputeSettled(
        key="paid",
        dispute_ref=REF,
        how=Ending.PAID,
        code=RestCode.GOODWILL,
        reason="paid after all",
        settled_by="finance@acme",
        role="finance",
        **when(4500),
    )
    stage.learn(ends, credit("90.00"))
    assert (paid(stage), dispute(stage).credits) == (usd("2062.50"), ())

    stage.learn(lumper("90.00", "B-3", at=5000))

    assert dispute(stage).open == usd("90.00")
    assert paid(stage) == usd("2062.50")


def test_one_credit_covers_lines_in_their_order_whole_and_then_in_part():
    stage = contested()
    stage.learn(lumper("40.00", "B-3", at=4500), credit("100.00"))

    assert [one.open for one in dispute(stage).parts] == [usd("0.00"), usd("30.00")]
    assert paid(stage) == usd("2062.50")


def test_the_same_credit_memo_sent_twice_counts_once():
    stage = contested()
    first = credit("50.00")
    again = structs.replace(
        first, key="again", bill=structs.replace(first.bill, bill_ref="B-9"), **when(4700)
    )
    stage.learn(first, again)

    assert stage.bill("B-9").status is BillStatus.DUPLICATE
    assert dispute(stage).open == usd("40.00")


def test_a_credit_in_another_currency_ends_nothing_here():
    stage = contested()
    plain = credit("90.00").bill
    lines = tuple(structs.replace(one, money=Money(one.money.amount, "EUR")) for one in plain.lines)
    foreign = structs.replace(
        plain, currency="EUR", lines=lines, total=Money(Decimal("-90.00"), "EUR")
    )
    stage.learn(structs.replace(credit("90.00"), bill=foreign))

    assert dispute(stage).open == usd("90.00")
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("-2062.50")


def test_a_credit_of_another_carrier_ends_nothing_here():
    stage = contested()
    stranger = credit("90.00")
    stage.learn(structs.replace(stranger, bill=structs.replace(stranger.bill, carrier_ref="NRTH")))

    assert dispute(stage).open == usd("90.00")
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("-2062.50")


def test_a_credit_of_another_charge_leaves_the_dispute_alone():
    stage = contested()
    stage.learn(credit("90.00", kind=ChargeKind.LAYOVER))

    assert dispute(stage).open == usd("90.00")


PAPERS = st.lists(st.tuples(st.booleans(), st.integers(1, 20_000)), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None)
@given(papers=PAPERS)
def test_in_any_order_a_line_is_contested_less_what_is_credited_and_nothing_else_moves(papers):
    stage = delivered()
    stage.learn(bill(LINEHAUL, FUEL, ref="B-0", number="N-0", at=3900))
    billed = given_back = Decimal(0)
    for place, (is_credit, cents) in enumerate(papers):
        money, at = f"{Decimal(cents + place).scaleb(-2):.2f}", 4000 + place * 10
        ref = f"B-{place + 10}"
        stage.learn(credit(money, ref, at=at) if is_credit else lumper(money, ref, at=at))
        given_back += Decimal(money) * is_credit
        billed += Decimal(money) * (not is_credit)
    state = dispute(stage)

    waiting = sum((one.left.amount for one in state.credits), Decimal(0))
    assert state.open.amount == max(billed - given_back, Decimal(0))
    assert waiting == max(given_back - billed, Decimal(0))
    assert stage.bill("B-0").payable == usd("2062.50")
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("-2062.50") + waiting
    assert (CaseKind.OVERPAID in stage.open_cases()) == bool(waiting)
