"""Disputes from a contested line to its end. Agreed unless said: linehaul 1650.00 + fuel 412.50."""

from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.flow.dispute_state import DisputeState
from drawbar.freight.approval import ApprovalLimit
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.dispute import (
    DisputeAnswered,
    DisputeSettled,
    Ending,
    PartAmount,
    RestCode,
    Silence,
    Voice,
)
from drawbar.freight.freight_bill import ChargeApproved, DisputeClosed
from drawbar.freight.money import total
from drawbar.freight.stream import StreamKind
from tests.flow.stage import MONDAY, Stage, acme, answered, bill, driven, released, usd, when

LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
OVER = (ChargeKind.LINEHAUL, "1850.00")
ABOUT_LINEHAUL = "D-S-1001-linehaul-0"


def disputed(*lines: tuple[ChargeKind, str]) -> Stage:
    stage = Stage()
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(*(lines or (OVER, FUEL))))
    return stage


def dispute(stage: Stage, ref: str = ABOUT_LINEHAUL) -> DisputeState:
    state = stage.state(StreamKind.DISPUTE, ref)
    assert isinstance(state, DisputeState)
    return state


def says(voice: Voice, amount: str, *, at: float = 4100, line: int = 1, ref: str = "B-1"):
    return DisputeAnswered(
        key=f"says:{voice}:{amount}:{at}",
        dispute_ref=ABOUT_LINEHAUL,
        voice=voice,
        amounts=(PartAmount(bill_ref=ref, line=line, money=usd(amount)),),
        words="see the contract",
        said_by="carrier:ABCD" if voice is Voice.CARRIER else "finance@acme",
        role="finance",
        **when(at),
    )


def test_a_contested_line_opens_a_dispute_about_its_item():
    state = dispute(disputed())

    assert (state.status, state.open, state.waits_for) == ("open", usd("200.00"), Voice.CARRIER)
    assert (state.shipment_ref, state.carrier_ref) == ("S-1001", "ABCD")


def test_m25_a_second_bill_line_on_the_item_joins_the_open_dispute():
    stage = disputed()
    again = bill((ChargeKind.LINEHAUL, "60.00"), ref="B-2", number="19268", at=4050)

    stage.learn(again)

    disputes = [one for one in stage.states.values() if isinstance(one, DisputeState)]
    assert [one.dispute_ref for one in disputes] == [ABOUT_LINEHAUL]
    assert [one.key for one in disputes[0].parts] == ["B-1:1", "B-2:1"]
    assert disputes[0].open == usd("260.00")
    assert len(deadlines(stage)) == 1


def test_m25_what_is_agreed_drops_out_and_no_round_opens_it_again():
    stage = disputed()
    stage.learn(bill((ChargeKind.LINEHAUL, "60.00"), ref="B-2", number="19268", at=4050))
    stage.learn(says(Voice.OURS, "60.00", ref="B-2", at=4100))
    paid = stage.bill("B-2").payable

    stage.learn(says(Voice.CARRIER, "0.00", ref="B-2", at=4200))
    stage.learn(says(Voice.CARRIER, "150.00", at=4300), says(Voice.OURS, "150.00", at=4400))

    state = dispute(stage)
    assert paid == usd("60.00")
    assert stage.bill("B-2").payable == paid
    assert (state.ended_as(Ending.PAID), state.ended_as(Ending.CREDITED)) == (
        usd("210.00"),
        usd("50.00"),
    )
    assert any("Not done" in text and "settled" in text for _, text in stage.notes)


def test_m25_the_result_is_logged_with_the_version_of_the_rules():
    stage = disputed()
    stage.learn(says(Voice.CARRIER, "0.00"))

    (result,) = dispute(stage).results
    assert "200.00 USD credited" in result
    assert "TOL-A version 1" in result
    assert "contract" in result


def test_two_rounds_meet_at_what_is_asked_and_the_bill_pays_it():
    stage = disputed()
    stage.learn(
        says(Voice.CARRIER, "150.00", at=4100),
        says(Voice.OURS, "80.00", at=4200),
        says(Voice.CARRIER, "80.00", at=4300),
    )

    state, judged = dispute(stage), stage.bill("B-1")
    assert (state.status, len(state.rounds)) == ("closed", 3)
    assert judged.payable == usd("2142.50")
    assert judged.disputed == usd("0.00")
    assert judged.granted[0].by == "finance@acme"
    assert deadlines(stage) == []
    assert not {CaseKind.DISPUTE_ANSWER, CaseKind.DISPUTE_SILENT} & stage.open_cases()


def test_an_answer_of_the_carrier_is_a_case_of_ours_and_ours_is_told_to_the_carrier_once():
    stage = disputed()
    stage.learn(says(Voice.CARRIER, "150.00", at=4100))
    assert CaseKind.DISPUTE_ANSWER in stage.open_cases()

    stage.learn(says(Voice.OURS, "80.00", at=4200))

    assert CaseKind.DISPUTE_ANSWER not in stage.open_cases()
    assert [one.payload.money for one in stage.sent("TellCarrier")] == [usd("80.00")]
    assert dispute(stage).waits_for is Voice.CARRIER


def test_silence_stays_open_gets_an_owner_and_pays_nothing():
    stage = disputed()
    before = stage.bill("B-1").payable
    due = dispute(stage).answer_by

    stage.pass_time(due - timedelta(seconds=1))
    assert CaseKind.DISPUTE_SILENT not in stage.open_cases()
    stage.pass_time(due)

    assert CaseKind.DISPUTE_SILENT in stage.open_cases()
    state = dispute(stage)
    assert (state.status, state.open, state.silences) == ("open", usd("200.00"), 1)
    assert stage.bill("B-1").payable == before
    assert len(deadlines(stage)) == 1


def test_the_days_of_the_tariff_end_with_the_local_day():
    opened_on = MONDAY + timedelta(minutes=4000)

    due = dispute(disputed()).answer_by.astimezone(ZoneInfo(acme().zone))

    assert (due.hour, due.minute) == (0, 0)
    assert (due.date() - opened_on.astimezone(ZoneInfo(acme().zone)).date()).days == 31


def test_a_firm_may_take_silence_for_letting_go_which_pays_nothing():
    stage = Stage(acme(dispute_silence=Silence.LETS_GO))
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(OVER, FUEL))
    stage.pass_time(dispute(stage).answer_by)

    assert dispute(stage).ended_as(Ending.CREDITED) == usd("200.00")
    assert stage.bill("B-1").payable == usd("2062.50")


def test_a_standing_offer_of_ours_is_not_paid_to_a_silent_carrier():
    stage = Stage(acme(dispute_silence=Silence.LETS_GO))
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(OVER, FUEL))
    stage.learn(says(Voice.OURS, "80.00"))
    stage.pass_time(dispute(stage).answer_by)

    assert dispute(stage).open == usd("200.00")
    assert stage.bill("B-1").payable == usd("2062.50")


def settles(how: Ending, *, money: str | None = None, at: float = 4500) -> DisputeSettled:
    return DisputeSettled(
        key=f"settles:{how}:{at}",
        dispute_ref=ABOUT_LINEHAUL,
        how=how,
        money=usd(money) if money else None,
        code=RestCode.CREDIT_MEMO,
        reason="as told on the telephone",
        settled_by="finance@acme",
        role="finance",
        **when(at),
    )


@pytest.mark.parametrize(
    ("how", "payable"),
    [(Ending.PAID, "2262.50"), (Ending.CREDITED, "2062.50"), (Ending.WRITTEN_OFF, "2062.50")],
    ids=lambda one: getattr(one, "value", one),
)
def test_a_dispute_ends_by_payment_credit_memo_or_write_off(how: Ending, payable: str):
    stage = disputed()
    stage.learn(settles(how))

    state = dispute(stage)
    assert (state.status, state.ended_as(how)) == ("closed", usd("200.00"))
    assert stage.bill("B-1").payable == usd(payable)
    assert CaseKind.DISPUTE not in stage.open_cases()


@pytest.mark.parametrize("alone", ["200.00", "199.99"], ids=["to the cent", "first cent over"])
def test_a_dispute_is_written_off_as_far_as_somebodys_word_goes(alone: str):
    limit = ApprovalLimit(alone=Decimal(alone), together=Decimal(alone))
    stage = Stage(acme(approval_limits={"finance": limit}))
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(OVER, FUEL))
    stage.learn(settles(Ending.WRITTEN_OFF))

    assert (dispute(stage).status == "closed") is (alone == "200.00")


def test_what_was_written_off_of_a_dispute_before_counts_when_it_is_contested_again():
    limit = ApprovalLimit(alone=Decimal("250.00"), together=Decimal("250.00"))
    stage = Stage(acme(approval_limits={"finance": limit}))
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(OVER, FUEL))
    stage.learn(settles(Ending.WRITTEN_OFF))
    stage.learn(bill((ChargeKind.LINEHAUL, "60.00"), ref="B-2", number="19268", at=5000))
    assert (dispute(stage).status, dispute(stage).open) == ("open", usd("60.00"))

    stage.learn(settles(Ending.WRITTEN_OFF, at=5100))

    assert dispute(stage).open == usd("60.00")
    assert any("let go of alone" in text for _, text in stage.notes)


def test_a_credit_memo_for_a_part_leaves_the_rest_in_dispute():
    stage = disputed()
    stage.learn(settles(Ending.CREDITED, money="120.00"))

    state = dispute(stage)
    assert (state.open, state.parts[0].asked) == (usd("200.00"), usd("80.00"))
    stage.learn(says(Voice.OURS, "80.00", at=4600))
    assert (dispute(stage).ended_as(Ending.PAID), dispute(stage).ended_as(Ending.CREDITED)) == (
        usd("80.00"),
        usd("120.00"),
    )


def test_a_carriers_credit_bill_ends_the_dispute_and_the_sum_is_what_was_agreed():
    stage = disputed()
    credit = bill((ChargeKind.LINEHAUL, "-200.00"), ref="B-2", number="19267C", at=4600)

    stage.learn(credit)

    state = dispute(stage)
    assert (state.status, state.ended_as(Ending.CREDITED)) == ("closed", usd("200.00"))
    paid = stage.bill("B-1").payable + stage.bill("B-2").payable
    assert paid == usd("2062.50")


def test_the_existing_end_of_a_line_ends_it_in_the_dispute_too():
    stage = disputed()
    stage.learn(
        DisputeClosed(
            key="closed",
            bill_ref="B-1",
            line=1,
            conceded=usd("60.00"),
            closed_by="M. Ito",
            role="admin",
            reason="signed",
            **when(5000),
        )
    )

    state = dispute(stage)
    assert (state.status, state.ended_as(Ending.PAID), state.ended_as(Ending.CREDITED)) == (
        "closed",
        usd("60.00"),
        usd("140.00"),
    )


def test_an_approval_that_comes_later_ends_a_dispute_as_owed_after_all():
    stage = disputed(LINEHAUL, FUEL, (ChargeKind.LUMPER, "90.00"))
    ref = "D-S-1001-lumper-0"
    assert dispute(stage, ref).open == usd("90.00")

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

    state = dispute(stage, ref)
    assert (state.status, state.ended_as(Ending.GRANTED)) == ("closed", usd("90.00"))


def test_an_answer_to_an_older_turn_changes_nothing():
    stage = disputed()
    stage.learn(says(Voice.CARRIER, "150.00", at=4100))
    crossed = structs.replace(says(Voice.OURS, "150.00", at=4200), turn=1)

    stage.learn(crossed)

    assert dispute(stage).open == usd("200.00")
    assert any("turn" in text for _, text in stage.notes)


def test_a_carrier_cannot_answer_after_the_window_of_its_tariff():
    stage = disputed()
    days = dispute(stage).window_days
    late = says(Voice.CARRIER, "0.00", at=4000 + (days + 1) * 24 * 60)

    stage.learn(late)
    assert dispute(stage).open == usd("200.00")
    in_time = says(Voice.CARRIER, "0.00", at=4000 + (days - 1) * 24 * 60)
    stage.learn(in_time)
    assert dispute(stage).status == "closed"


def deadlines(stage: Stage) -> list[str]:
    return [name for (stream, name) in stage.deadlines if stream.kind is StreamKind.DISPUTE]


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["ours", "carrier", "paid", "credited", "written_off", "close", "wait"]),
        st.integers(0, 21_000),
    ),
    max_size=8,
)


@settings(max_examples=80, deadline=None)
@given(moves=MOVES)
def test_conceded_credited_and_written_off_are_what_was_disputed_in_any_course(moves):
    stage = disputed()
    for step, (move, cents) in enumerate(moves):
        at, amount = 4100 + step * 100, f"{Decimal(cents).scaleb(-2):.2f}"
        _move(stage, move, amount, at)
    state, judged = dispute(stage), stage.bill("B-1")

    ended = total((state.ended_as(way) for way in Ending), currency="USD")
    assert state.open.amount >= 0
    assert ended + state.open == usd("200.00")
    assert state.open == judged.disputed
    assert judged.payable == usd("2062.50") + state.ended_as(Ending.PAID)
    assert bool(deadlines(stage)) == (state.status == "open")


def _move(stage: Stage, move: str, amount: str, at: float) -> None:
    match move:
        case "ours" | "carrier":
            stage.learn(says(Voice(move), amount, at=at))
        case "close":
            if stage.bill("B-1").disputed.amount:
                stage.learn(closing("0.00", at))
        case "wait":
            stage.pass_time(MONDAY + timedelta(minutes=at))
        case _:
            stage.learn(settles(Ending(move), at=at))


def closing(conceded: str, at: float) -> DisputeClosed:
    return DisputeClosed(
        key=f"closing:{at}",
        bill_ref="B-1",
        line=1,
        conceded=usd(conceded),
        closed_by="M. Ito",
        role="admin",
        reason="signed",
        **when(at),
    )
