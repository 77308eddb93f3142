"""Claims beside the freight bill. 24 pumps of 145.00 USD each; 22 arrive unless said."""

from datetime import date, timedelta

import pytest
from msgspec import structs

from drawbar.flow.bill_state import BillStatus
from drawbar.flow.claim import nettable
from drawbar.flow.claim_state import ClaimState
from drawbar.flow.company import Company
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.claim import (
    ClaimNetted,
    ClaimOpened,
    ClaimPaper,
    ClaimSaid,
    Osd,
    OsdLine,
    Paper,
)
from drawbar.freight.claim import ClaimStep as S
from drawbar.freight.dispute import Voice
from drawbar.freight.freight_bill import VoucherPaid
from drawbar.freight.stream import StreamKind
from drawbar.settlement.claim import ClaimStatus
from tests.flow.stage import MONDAY, Stage, acme, answered, bill, driven, pod, released, usd, when

LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
CARGO, OVERCHARGE = "CC-S-1001", "OC-B-1-1"
PAPERS = tuple(
    ClaimPaper(paper=one, document="a" * 64)
    for one in (Paper.BOL, Paper.POD, Paper.INVOICE_OF_GOODS)
)


def delivered(company: Company | None = None, **proof: object) -> Stage:
    stage = Stage(company)
    *events, _ = driven()
    stage.learn(released(), answered("S-1001-V1T1"), *events, pod(**({"pieces": 22} | proof)))
    return stage


def claim(stage: Stage, ref: str = CARGO) -> ClaimState:
    state = stage.state(StreamKind.CLAIM, ref)
    assert isinstance(state, ClaimState)
    return state


def step(
    what: S, voice: Voice = Voice.OURS, money: str | None = None, *, at: float = 5000, **more
) -> ClaimSaid:
    plain = ClaimSaid(
        key=f"{what}:{voice}:{at}",
        claim_ref=CARGO,
        step=what,
        voice=voice,
        money=usd(money) if money else None,
        said_by="finance@acme" if voice is Voice.OURS else "carrier:ABCD",
        role="finance",
        **when(at),
    )
    return structs.replace(plain, **more)


def filed(stage: Stage, *, at: float = 5000) -> None:
    stage.learn(step(S.FILE, at=at, papers=PAPERS))


def due(stage: Stage) -> set[str]:
    return {name for (stream, name) in stage.deadlines if stream.kind is StreamKind.CLAIM}


def test_e07_a_short_delivery_is_a_record_a_claim_and_no_set_off():
    stage = delivered()
    stage.learn(bill(LINEHAUL, FUEL))

    state, load = claim(stage), stage.shipment("S-1001")
    assert load.osd.lines == (OsdLine(what=Osd.SHORT, pieces=2),)
    assert state.standing.claimed == usd("290.00")
    assert (stage.bill("B-1").payable, len(stage.sent("PostInvoice"))) == (usd("2062.50"), 1)
    assert nettable(state) is None


def test_e06_a_whole_delivery_gives_nothing_to_claim():
    stage = delivered(pieces=24)

    assert stage.shipment("S-1001").osd is None
    assert [key for key in stage.states if key.kind is StreamKind.CLAIM] == []
    assert len(stage.sent("PostInvoice")) == 1


@pytest.mark.parametrize(
    ("proof", "lines", "claimed"),
    [
        ({"pieces": 24, "damaged": 3}, {Osd.DAMAGED: 3}, "435.00"),
        ({"pieces": 22, "damaged": 1}, {Osd.SHORT: 2, Osd.DAMAGED: 1}, "435.00"),
        ({"pieces": 22, "refused": 2}, {Osd.REFUSED: 2}, None),
        ({"pieces": 21, "refused": 2}, {Osd.SHORT: 1, Osd.REFUSED: 2}, "145.00"),
    ],
    ids=["damaged", "short and damaged", "refused", "short and refused"],
)
def test_what_a_proof_says_is_short_damaged_or_refused_is_recorded(proof, lines, claimed):
    stage = delivered(**proof)

    said = {one.what: one.pieces for one in claim(stage).osd}
    assert said == lines
    assert claim(stage).standing.claimed == (usd(claimed) if claimed else None)


def test_pieces_too_many_are_recorded_and_nothing_is_claimed():
    stage = delivered(pieces=25)

    assert stage.shipment("S-1001").osd.lines == (OsdLine(what=Osd.OVER, pieces=1),)
    assert [key for key in stage.states if key.kind is StreamKind.CLAIM] == []


def test_a_cargo_claim_is_filed_with_its_papers_and_told_to_the_carrier_once():
    stage = delivered()
    stage.learn(step(S.FILE, at=4900, papers=PAPERS[:1]))
    assert claim(stage).standing.status is ClaimStatus.FOUND
    assert any("pod, invoice of goods" in text for _, text in stage.notes)

    filed(stage)

    assert claim(stage).standing.status is ClaimStatus.FILED
    assert [one.payload.money for one in stage.sent("TellCarrier")] == [usd("290.00")]
    assert CaseKind.CARGO_CLAIM not in stage.open_cases()
    assert due(stage) == {"acknowledge", "decide"}


def test_a_claim_is_filed_within_nine_months_and_somebody_is_reminded():
    stage = delivered()
    assert claim(stage).file_by == date(2026, 12, 11)
    assert due(stage) == {"file"}

    stage.pass_time(MONDAY + timedelta(days=400))

    assert CaseKind.CLAIM_SILENT in stage.open_cases()


def test_each_time_the_carrier_lets_pass_is_a_case_and_its_answer_settles_it():
    stage = delivered()
    filed(stage)
    stage.pass_time(MONDAY + timedelta(days=40))
    assert CaseKind.CLAIM_SILENT in stage.open_cases()

    stage.learn(step(S.ACKNOWLEDGE, Voice.CARRIER, at=60_000))
    assert CaseKind.CLAIM_SILENT not in stage.open_cases()

    stage.pass_time(MONDAY + timedelta(days=130))
    assert CaseKind.CLAIM_SILENT in stage.open_cases()


def test_an_offer_taken_and_paid_ends_a_claim_and_clears_all_that_was_due():
    stage = delivered()
    filed(stage)
    stage.learn(step(S.OFFER, Voice.CARRIER, "200.00", at=5100))
    assert CaseKind.CLAIM_ANSWER in stage.open_cases()

    stage.learn(step(S.ACCEPT, at=5200))
    assert (due(stage), nettable(claim(stage))) == ({"pay"}, usd("200.00"))
    stage.learn(step(S.PAY, Voice.CARRIER, "200.00", at=5300))

    assert claim(stage).standing.status is ClaimStatus.RECOVERED
    assert (due(stage), nettable(claim(stage))) == (set(), None)
    assert CaseKind.CLAIM_ANSWER not in stage.open_cases()


def test_a_better_proof_withdraws_a_claim_that_nobody_filed():
    stage = delivered()
    stage.learn(pod(at=3100, pieces=24))

    assert claim(stage).standing.status is ClaimStatus.WITHDRAWN
    assert due(stage) == set()
    assert CaseKind.CARGO_CLAIM not in stage.open_cases()


def test_a_better_proof_changes_no_filed_claim_but_a_person_looks():
    stage = delivered()
    filed(stage)
    stage.learn(pod(at=3100, pieces=24))

    assert claim(stage).standing.claimed == usd("290.00")
    assert CaseKind.CLAIM_ANSWER in stage.open_cases()


def test_proofs_in_either_order_give_the_same_claim():
    first, second = pod(pieces=22), pod(at=3100, pieces=23)
    stages = []
    for proofs in ((first, second), (second, first)):
        stage = Stage()
        *events, _ = driven()
        stage.learn(released(), answered("S-1001-V1T1"), *events, *proofs)
        stages.append(claim(stage))

    assert stages[0].standing == stages[1].standing
    assert stages[0].standing.claimed == usd("145.00")


def test_one_payment_takes_an_accepted_claim_off_once():
    stage = delivered()
    filed(stage)
    stage.learn(step(S.ACCEPT, Voice.CARRIER, at=5100))
    netted = ClaimNetted(
        key="n", claim_ref=CARGO, money=usd("100.00"), payment_ref="P-1", **when(5200)
    )

    stage.learn(netted, structs.replace(netted, key="again"))
    assert nettable(claim(stage)) == usd("190.00")
    stage.learn(structs.replace(netted, key="n2", money=usd("190.00"), payment_ref="P-2"))

    assert claim(stage).standing.status is ClaimStatus.RECOVERED
    assert due(stage) == set()


def no_short_pay(**terms: object) -> Company:
    company = acme()
    contracts = tuple(
        structs.replace(one, short_pay_allowed=False, **terms) if one.party_ref == "ABCD" else one
        for one in company.contracts
    )
    return structs.replace(company, contracts=contracts)


def overcharged(**terms: object) -> Stage:
    stage = Stage(no_short_pay(**terms))
    over = (ChargeKind.LINEHAUL, "1850.00")
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(over, FUEL))
    return stage


def test_where_short_pay_is_forbidden_the_excess_is_paid_and_claimed_back_at_once():
    stage = overcharged()

    state = claim(stage, OVERCHARGE)
    assert stage.bill("B-1").payable == usd("2262.50")
    assert (state.standing.status, state.standing.open) == (ClaimStatus.FILED, usd("200.00"))
    assert [one.payload.money for one in stage.sent("TellCarrier")] == [usd("200.00")]
    assert due(stage) == {"acknowledge", "decide", "sue"}
    assert stage.open_cases() == set()  # nobody has to act until the carrier lets a time pass


@pytest.mark.parametrize("allowed", [True, False], ids=["set-off allowed", "not allowed"])
def test_a_filed_claim_is_set_off_only_where_the_contract_allows_it(allowed: bool):
    state = claim(overcharged(set_off_allowed=allowed), OVERCHARGE)

    assert nettable(state) == (usd("200.00") if allowed else None)


def opened(money: str = "35.00", *, at: float = 5000, line: int = 1) -> ClaimOpened:
    return ClaimOpened(
        key=f"opened:{money}:{at}:{line}",
        bill_ref="B-1",
        line=line,
        money=usd(money),
        opened_by="finance@acme",
        reason="the corrected contract says so",
        **when(at),
    )


def paid() -> Stage:
    stage = Stage()
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(LINEHAUL, FUEL))
    return stage


def test_r11_what_a_corrected_contract_shows_is_claimed_and_no_payment_touched():
    stage = paid()
    stage.learn(opened())

    assert claim(stage, OVERCHARGE).standing.claimed == usd("35.00")
    assert stage.bill("B-1").payable == usd("2062.50")


DAY = 24 * 60


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (opened("1650.01"), "not a part"),
        (opened("0.00"), "not a part"),
        (opened(line=9), "no such line"),
        (opened(at=4000 + 181 * DAY), "ended"),
    ],
    ids=["more than was paid", "nothing", "no such line", "day 181"],
)
def test_what_cannot_be_claimed_is_refused_with_its_reason(wrong: ClaimOpened, why: str):
    stage = paid()
    stage.learn(wrong)

    assert [key for key in stage.states if key.kind is StreamKind.CLAIM] == []
    assert any(why in text for _, text in stage.notes)


def test_m21_an_overcharge_is_contested_on_day_180():
    stage = paid()
    stage.learn(opened(at=4000 + 180 * DAY))

    assert claim(stage, OVERCHARGE).standing.status is ClaimStatus.FILED


def test_a_line_is_claimed_once_at_a_time():
    stage = paid()
    stage.learn(opened())
    stage.learn(opened("36.00", at=5001))

    assert claim(stage, OVERCHARGE).standing.claimed == usd("35.00")
    assert any("claimed already" in text for _, text in stage.notes)


@pytest.mark.parametrize("times", [1, 2], ids=["once", "the same one twice"])
def test_m27_a_credit_memo_after_all_is_paid_ends_the_claim_and_moves_no_invoice(times):
    stage = overcharged()
    paid_by_erp = VoucherPaid(
        key="paid",
        bill_ref="B-1",
        document="V-1",
        money=usd("2262.50"),
        paid_on=date(2026, 4, 10),
        **when(50_000),
    )
    stage.learn(paid_by_erp)
    before = stage.shipment("S-1001").invoiced
    credit = bill((ChargeKind.LINEHAUL, "-200.00"), ref="B-2", number="CM-1", at=60_000)

    stage.learn(*[credit] * times)

    state = claim(stage, OVERCHARGE)
    assert (state.standing.status, state.standing.recovered) == (
        ClaimStatus.RECOVERED,
        usd("200.00"),
    )
    assert stage.bill("B-1").status is BillStatus.PAID
    assert stage.shipment("S-1001").invoiced == before
    assert len(stage.sent("PostInvoice")) == 1
    latest = stage.entries[-1]
    assert latest.document_on == date(2026, 4, 20)
    assert due(stage) == set()
