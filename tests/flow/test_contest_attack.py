"""Disputes and claims under attack: two persons at once, crossed words, money that cannot be."""

from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.charge import ChargeKind
from drawbar.freight.claim import ClaimStep
from drawbar.freight.dispute import Ending, Voice
from drawbar.freight.freight_bill import DisputeClosed
from drawbar.freight.ledger import Account
from drawbar.freight.money import Money
from tests.flow.stage import bill, usd, when
from tests.flow.test_claim_books import accepted, filed, step
from tests.flow.test_claims import claim
from tests.flow.test_disputes import closing, dispute, disputed, settles


@pytest.mark.parametrize("second", list(Ending)[:3], ids=lambda one: one.value)
@pytest.mark.parametrize("first", list(Ending)[:3], ids=lambda one: one.value)
def test_of_two_persons_who_end_a_dispute_at_once_the_first_decides(first: Ending, second: Ending):
    stage = disputed()
    both = (settles(first, at=4500), structs.replace(settles(second, at=4500), key="second"))

    stage.learn(*both)

    state = dispute(stage)
    pays = Decimal("2262.50") if first is Ending.PAID else Decimal("2062.50")
    assert (state.status, state.ended_as(first)) == ("closed", usd("200.00"))
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == -pays
    assert any("Not done" in text for _, text in stage.notes)


def test_a_bill_page_and_a_dispute_page_that_end_the_same_line_at_once_pay_it_once():
    stage = disputed()

    stage.learn(settles(Ending.PAID, at=4500), closing("200.00", 4500))

    assert stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("-2262.50")
    assert dispute(stage).ended_as(Ending.PAID) == usd("200.00")


def test_a_dispute_that_was_written_off_opens_anew_only_for_what_is_billed_anew():
    stage = disputed()
    stage.learn(settles(Ending.WRITTEN_OFF))
    stage.learn(bill((ChargeKind.LINEHAUL, "60.00"), ref="B-2", number="19268", at=5000))

    state = dispute(stage)
    assert (state.status, state.open) == ("open", usd("60.00"))
    assert state.ended_as(Ending.WRITTEN_OFF) == usd("200.00")


def test_a_credit_memo_by_hand_beyond_what_is_asked_is_refused():
    stage = disputed()
    stage.learn(settles(Ending.CREDITED, money="200.01"))

    assert dispute(stage).open == usd("200.00")
    assert any("more than what is asked" in text for _, text in stage.notes)


def euros(told):
    return structs.replace(told, money=Money(Decimal("10.00"), "EUR"), key=f"{told.key}:EUR")


def test_a_credit_memo_by_hand_in_another_currency_is_refused():
    stage = disputed()
    stage.learn(euros(settles(Ending.CREDITED)))

    assert dispute(stage).open == usd("200.00")
    assert dispute(stage).parts[0].asked == usd("200.00")


@pytest.mark.parametrize("what", [ClaimStep.PAY, ClaimStep.CREDIT, ClaimStep.OFFER])
def test_a_claim_takes_no_money_of_another_currency(what: ClaimStep):
    stage = filed()
    stage.learn(euros(step(what, Voice.CARRIER, "10.00", at=5100)))

    assert claim(stage).standing.open == usd("290.00")
    assert stage.balance(Account.BANK_CLEARING, "EUR") == 0


def test_two_persons_who_write_off_and_collect_a_claim_at_once_do_one_of_both():
    stage = accepted()
    stage.learn(
        step(ClaimStep.WRITE_OFF, Voice.OURS, at=5200),
        step(ClaimStep.PAY, Voice.CARRIER, "290.00", at=5200),
    )

    assert stage.balance(Account.WRITTEN_OFF) == Decimal("290.00")
    assert stage.balance(Account.BANK_CLEARING) == 0
    assert stage.balance(Account.CLAIMS_RECEIVABLE) == 0


def test_a_credit_that_covers_a_line_which_ended_meanwhile_pays_nothing_twice():
    stage = disputed()
    covers = DisputeClosed(
        key="covers",
        bill_ref="B-1",
        line=1,
        conceded=usd("200.00"),
        closed_by="CM-1",
        reason="credited by CM-1",
        against="B-9",
        **when(4600),
    )

    stage.learn(settles(Ending.PAID), covers, structs.replace(covers, key="again"))

    assert stage.bill("B-1").payable == usd("2262.50")
    assert (dispute(stage).status, dispute(stage).open) == ("closed", usd("0.00"))
