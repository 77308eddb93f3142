"""A line that nobody understands keeps no bill back. Agreed: 1,650.00, fuel 412.50, S-1001."""

import pytest
from msgspec import structs

from drawbar.flow.bill_state import BillStatus
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillReceived, Sense
from drawbar.freight.ledger import Account
from drawbar.freight.verdict import Reason
from tests.flow.stage import Stage, acme, answered, bill, driven, released, usd, when

LINEHAUL, FUEL = (ChargeKind.LINEHAUL, "1650.00"), (ChargeKind.FUEL_SURCHARGE, "412.50")
STRANGE = (ChargeKind.OTHER, "50.00")
DRIVEN = (released(), answered("S-1001-V1T1"), *driven())


def read(fact: BillReceived, *, key="", at=None, **changes):
    """Return the bill as it is read when its last line has a code ZQ of that meaning."""
    last = structs.replace(fact.bill.lines[-1], **({"code": "ZQ"} | changes))
    told = structs.replace(fact.bill, lines=(*fact.bill.lines[:-1], last))
    said = when(at) if at else {}
    return structs.replace(fact, bill=told, key=f"{fact.key}{key}", **said)


def unread(*lines, **more):
    return read(bill(*lines, **more), key=":unread", sense=Sense.UNKNOWN)


def meant(kind, *lines, **more):
    return read(bill(*lines, **more), kind=kind)


def refused(*lines, **more):
    said = {"sense": Sense.NOT_AGREED, "said": "never agreed, says Iris"}
    return read(bill(*lines, **more), **said)


def staged(*facts, **policy):
    stage = Stage(acme(**policy))
    stage.learn(*facts)
    return stage


def paid(stage):
    return -stage.balance(Account.ACCOUNTS_PAYABLE)


def reasons(state):
    return [one.reason for one in state.verdicts]


def test_the_lines_that_are_understood_are_paid_and_the_strange_one_waits_with_its_code():
    stage = staged(*DRIVEN, unread(LINEHAUL, FUEL, STRANGE))

    state = stage.bill("B-1")
    assert (state.status, paid(stage)) == (BillStatus.SHORT_PAID, usd("2062.50").amount)
    assert reasons(state) == [None, None, Reason.UNKNOWN_CODE]
    assert (state.verdicts[2].line.code, state.disputed) == ("ZQ", usd("50.00"))


def test_a_strange_line_makes_no_case_of_its_own_no_dispute_and_no_word_to_the_carrier():
    stage = staged(*DRIVEN, unread(LINEHAUL, FUEL, STRANGE))

    assert not stage.open_cases() & {CaseKind.BILL_STOPPED, CaseKind.DISPUTE}
    assert stage.sent("RefuseBill") == []
    assert [key for key in stage.states if key.kind == "dispute"] == []


def test_a_strange_line_counts_in_the_control_total():
    wrong = unread(LINEHAUL, FUEL, STRANGE, total=usd("2062.50"))

    assert staged(*DRIVEN, wrong).bill("B-1").reason == "CONTROL_TOTAL"


def test_once_somebody_says_what_it_means_the_bill_is_judged_again_by_itself():
    owed = (ChargeKind.OTHER, "412.50")
    stage = staged(*DRIVEN, unread(LINEHAUL, owed))

    stage.learn(meant(ChargeKind.FUEL_SURCHARGE, LINEHAUL, owed))

    state = stage.bill("B-1")
    assert (state.status, state.disputed) == (BillStatus.APPROVED, usd("0.00"))
    assert paid(stage) == usd("2062.50").amount
    assert state.verdicts[1].line.kind is ChargeKind.FUEL_SURCHARGE
    assert stage.open_cases() == set()


def test_what_is_understood_and_not_agreed_is_contested_like_any_other_line():
    stage = staged(*DRIVEN, unread(LINEHAUL, FUEL, STRANGE))

    stage.learn(meant(ChargeKind.LIFTGATE, LINEHAUL, FUEL, STRANGE))

    assert reasons(stage.bill("B-1"))[2] is Reason.NOT_AUTHORISED
    assert stage.open_cases() & {CaseKind.BILL_STOPPED, CaseKind.DISPUTE}
    assert len(stage.sent("RefuseBill")) == 1


def test_a_code_that_is_not_agreed_is_refused_with_the_reason_that_somebody_gave():
    stage = staged(*DRIVEN, unread(LINEHAUL, FUEL, STRANGE))

    stage.learn(refused(LINEHAUL, FUEL, STRANGE))

    verdict = stage.bill("B-1").verdicts[2]
    assert (verdict.reason, verdict.payable) == (Reason.NOT_AUTHORISED, usd("0.00"))
    assert "never agreed, says Iris" in verdict.text
    (told,) = stage.sent("RefuseBill")
    assert (told.payload.refused, "never agreed" in told.payload.text) == (usd("50.00"), True)


def test_a_word_that_is_said_before_the_truck_arrives_counts_when_it_does():
    owed = (ChargeKind.OTHER, "412.50")
    stage = staged(released(), answered("S-1001-V1T1"), unread(LINEHAUL, owed, at=200))

    stage.learn(meant(ChargeKind.FUEL_SURCHARGE, LINEHAUL, owed, at=200))
    stage.learn(*driven())

    assert stage.bill("B-1").status is BillStatus.APPROVED


def test_a_word_that_is_said_before_its_shipment_is_known_counts_when_it_is():
    owed = (ChargeKind.OTHER, "412.50")
    stage = staged(unread(LINEHAUL, owed, at=-10))

    stage.learn(meant(ChargeKind.FUEL_SURCHARGE, LINEHAUL, owed, at=-10))
    stage.learn(*DRIVEN)

    state = stage.bill("B-1")
    assert (state.status, state.disputed) == (BillStatus.APPROVED, usd("0.00"))
    assert paid(stage) == usd("2062.50").amount


@pytest.mark.parametrize("again", [unread, lambda *lines: meant(ChargeKind.LIFTGATE, *lines)])
def test_reading_the_same_again_changes_nothing(again):
    told = again(LINEHAUL, FUEL, STRANGE)
    stage = staged(*DRIVEN, told)
    before = stage.bill("B-1"), len(stage.deliveries)

    stage.learn(structs.replace(told, key="once more"))

    assert (stage.bill("B-1"), len(stage.deliveries)) == before


def test_what_was_understood_once_is_never_forgotten():
    told = meant(ChargeKind.LIFTGATE, LINEHAUL, FUEL, STRANGE)
    stage = staged(*DRIVEN, told)

    stage.learn(structs.replace(unread(LINEHAUL, FUEL, STRANGE), key="older"))

    assert stage.bill("B-1").bill.lines[2].kind is ChargeKind.LIFTGATE


def test_a_strange_credit_is_taken_as_billed_and_pays_for_nothing():
    credit = (ChargeKind.OTHER, "-50.00")
    stage = staged(*DRIVEN, unread(LINEHAUL, FUEL, credit))

    assert paid(stage) == usd("2012.50").amount


def test_two_bills_with_one_strange_code_are_both_judged_again():
    part = (ChargeKind.LINEHAUL, "825.00")
    owed = (ChargeKind.OTHER, "206.25")
    numbers = ("19267", "19268")
    both = [unread(part, owed, ref=f"B-{number}", number=number, at=4000) for number in numbers]
    stage = staged(*DRIVEN, *both)

    stage.learn(
        *(
            meant(ChargeKind.FUEL_SURCHARGE, part, owed, ref=f"B-{number}", number=number)
            for number in numbers
        )
    )

    assert {stage.bill(f"B-{one}").status for one in numbers} == {BillStatus.APPROVED}
    assert paid(stage) == usd("2062.50").amount


def test_a_strange_line_never_lets_an_approved_other_charge_pay_for_it():
    stage = staged(*DRIVEN, unread(LINEHAUL, FUEL, STRANGE))

    assert stage.bill("B-1").verdicts[2].uses == {}
