"""What a dispatcher decides about a load. ABCD, then NRTH are asked; SPOT has no contract.

The pickup is due at minute 60; ABCD's contract grants a TONU of 250.00 from four hours before it.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.flow.bill_state import BillStatus
from drawbar.flow.by_hand import NotPossible, UnknownLoad
from drawbar.freight.case import CaseKind
from drawbar.freight.charge import ChargeKind
from drawbar.freight.ledger import Account
from drawbar.freight.money import Money
from drawbar.freight.party import Carrier
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.tender import (
    Answer,
    DriverDispatched,
    LoadOffered,
    LoadOfferedToAll,
    LoadRetendered,
    TenderWithdrawn,
)
from tests.flow.stage import Stage, acme, answered, bill, driven, order, released, usd, when
from tests.flow.test_orders_under_attack import Guarded, cancelled, changed, later

FIRST, SECOND = "S-1001-V1T1", "S-1001-V1T2"
LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
ANN = {"shipment_ref": "S-1001", "reason": "nobody else drives today"}


def with_spot() -> Stage:
    firm = acme()
    spot = Carrier(carrier_ref="SPOT", name="Spot Lines", system="abcd", response_minutes=15)
    asleep = structs.replace(spot, carrier_ref="GONE", name="Gone Freight", active=False)
    carriers = firm.carriers | {"SPOT": spot, "GONE": asleep}
    stage = Guarded(structs.replace(firm, carriers=carriers))
    stage.learn(released())
    return stage


def uncovered() -> Stage:
    """Return a load that both carriers of the guide have declined."""
    stage = with_spot()
    no = Answer.DECLINED
    stage.learn(answered(FIRST, no), answered(SECOND, no, carrier="NRTH", at=-589))
    return stage


def offered(
    carrier: str, rate: str | None = None, *, at: float = -580, currency: str = "USD"
) -> LoadOffered:
    money = Money(usd(rate).amount, currency) if rate else None
    key = f"offered:{carrier}:{rate}:{at}"
    return LoadOffered(
        key=key, carrier_ref=carrier, offered_by="Ann", rate=money, **ANN, **when(at)
    )


def withdrawn(tender: str, *, at: float = -580) -> TenderWithdrawn:
    return TenderWithdrawn(
        key=f"withdrawn:{tender}:{at}", tender_ref=tender, withdrawn_by="Ann", **ANN, **when(at)
    )


def retendered(tender: str = "", *, at: float = -580) -> LoadRetendered:
    return LoadRetendered(
        key=f"next:{tender}:{at}", tender_ref=tender, retendered_by="Ann", **ANN, **when(at)
    )


def to_all(*, at: float = -580) -> LoadOfferedToAll:
    return LoadOfferedToAll(key=f"all:{at}", offered_by="Ann", **ANN, **when(at))


def asked(stage: Stage) -> list[str]:
    return [one.carrier_ref for one in stage.shipment("S-1001").waterfall.open_offers]


def test_a_load_that_nobody_wanted_is_offered_to_a_carrier_by_name():
    stage = uncovered()

    stage.learn(offered("ABCD"))

    assert asked(stage) == ["ABCD"]
    *_, sent = stage.sent("TenderLoad")
    assert (sent.payload.tender_ref, sent.payload.pay) == ("S-1001-V1T3", usd("2062.50"))
    assert any("Ann offered it to ABCD because nobody else" in text for _, text in stage.notes)


def test_its_acceptance_covers_the_load_and_ends_the_case():
    stage = uncovered()
    assert stage.open_cases() == {CaseKind.UNCOVERED}

    stage.learn(offered("ABCD"), answered("S-1001-V1T3", at=-570))

    assert stage.shipment("S-1001").carrier_ref == "ABCD"
    assert stage.open_cases() == set()


def test_who_was_asked_by_hand_and_is_silent_leaves_the_load_without_a_carrier():
    stage = uncovered()
    stage.learn(offered("ABCD"))

    stage.pass_time(when(-400)["happened_at"])

    assert asked(stage) == []
    assert CaseKind.UNCOVERED in stage.open_cases()


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        (offered("ABCD"), "ABCD was asked as S-1001-V1T1 and may answer until"),
        (to_all(), "ABCD was asked as S-1001-V1T1"),
        (offered("XXXX"), "Nobody knows a carrier XXXX"),
        (offered("GONE"), "Gone Freight is not active"),
        (offered("SPOT"), "SPOT has no price for this load"),
        (offered("SPOT", "0.00"), "a spot rate is above zero"),
        (offered("SPOT", "900.00", currency="CAD"), "paid in USD, the spot rate is in CAD"),
        (withdrawn(SECOND), "There is nothing to take back"),
        (retendered(), "ABCD was asked as S-1001-V1T1"),
    ],
    ids=[
        "open tender",
        "open tender, to all",
        "unknown carrier",
        "inactive carrier",
        "no contract and no rate",
        "nothing for it",
        "another currency",
        "no such tender",
        "next while one thinks",
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(fact, says):
    stage = with_spot()
    before = dict(stage.states)

    with pytest.raises(NotPossible, match=says):
        stage.learn(fact)

    assert stage.states == before


def test_a_load_that_was_cancelled_or_is_unknown_is_not_offered():
    stage = uncovered()
    stage.learn(cancelled(at=-585))

    with pytest.raises(NotPossible, match="was cancelled"):
        stage.learn(offered("ABCD"))
    with pytest.raises(UnknownLoad, match="no load is called S-9"):
        stage.learn(structs.replace(offered("ABCD", at=1), shipment_ref="S-9"))


def test_goods_that_are_not_set_aside_yet_are_not_offered():
    stage = Stage(acme(wms="wms"))
    stage.learn(released())

    with pytest.raises(NotPossible, match="has not set the goods aside"):
        stage.learn(offered("ABCD"))


def test_a_tender_taken_back_is_told_to_its_carrier_and_nobody_is_asked():
    stage = with_spot()

    stage.learn(withdrawn(FIRST))

    assert asked(stage) == []
    assert [one.business_key for one in stage.sent("TenderLoad")][-1] == f"{FIRST}:cancel"
    assert stage.open_cases() == {CaseKind.UNCOVERED}
    stage.pass_time(when(0)["happened_at"])
    assert asked(stage) == []
    stage.learn(offered("NRTH", at=1))
    assert asked(stage) == ["NRTH"]


def test_a_withdrawn_tender_that_is_accepted_does_not_count():
    stage = with_spot()

    stage.learn(withdrawn(FIRST), answered(FIRST, at=-570))

    assert stage.shipment("S-1001").carrier_ref == ""
    assert CaseKind.STALE_ACCEPTANCE in stage.open_cases()


def test_the_next_of_the_guide_is_asked_in_one_step():
    stage = with_spot()

    stage.learn(retendered(FIRST))

    assert asked(stage) == ["NRTH"]
    assert stage.open_cases() == set()


def test_everybody_of_the_guide_who_was_not_asked_yet_is_asked_at_once():
    stage = with_spot()
    stage.learn(changed(later(order(revision=2))), withdrawn("S-1001-V2T1", at=-450))

    stage.learn(to_all(at=-440))
    assert asked(stage) == ["NRTH"]
    stage.learn(answered("S-1001-V2T2", Answer.DECLINED, carrier="NRTH", at=-430))

    with pytest.raises(NotPossible, match="Nobody is left to ask"):
        stage.learn(to_all(at=-420))


def test_a_spot_rate_is_what_the_load_pays_and_says_who_approved_it():
    stage = uncovered()

    stage.learn(offered("SPOT", "1900.00"), answered("S-1001-V1T3", carrier="SPOT", at=-570))

    *_, sent = stage.sent("TenderLoad")
    (haul,) = stage.shipment("S-1001").buy
    assert sent.payload.pay == haul.charge.money == usd("1900.00")
    assert (haul.charge_ref, haul.why.rule) == ("linehaul", "spot rate")
    assert "approved by Ann because nobody else" in haul.why.steps[0].text


def at_spot(carrier: str, rate: str, *, dwell: float = 95) -> Stage:
    stage = uncovered()
    stage.learn(offered(carrier, rate), answered("S-1001-V1T3", carrier=carrier, at=-570))
    told = [structs.replace(one, reported_by=carrier) for one in driven(dwell=dwell)]
    stage.learn(*told)
    return stage


def test_a_bill_at_the_spot_rate_is_paid_untouched_though_no_contract_stands_behind_it():
    stage = at_spot("SPOT", "1900.00")

    stage.learn(bill((ChargeKind.LINEHAUL, "1900.00"), carrier_ref="SPOT"))

    assert stage.bill("B-1").status is BillStatus.APPROVED
    assert stage.balance(Account.FREIGHT_ACCRUED) == 0


def test_fuel_on_top_of_a_spot_rate_is_not_paid_and_waiting_time_is():
    stage = at_spot("ABCD", "1900.00", dwell=247)
    detention = (ChargeKind.DETENTION, "168.75")

    stage.learn(bill((ChargeKind.LINEHAUL, "1900.00"), FUEL, detention, carrier_ref="ABCD"))

    assert stage.bill("B-1").payable == usd("2068.75")
    assert stage.bill("B-1").disputed == usd("412.50")


def test_a_spot_rate_is_of_one_offer_and_not_of_the_carrier_that_comes_after():
    stage = uncovered()
    stage.learn(offered("SPOT", "1900.00"), answered("S-1001-V1T3", carrier="SPOT", at=-570))

    stage.learn(answered("S-1001-V1T3", Answer.DECLINED, carrier="SPOT", at=-560))
    stage.learn(offered("ABCD", at=-550), answered("S-1001-V1T4", at=-540))

    assert [one.charge.money for one in stage.shipment("S-1001").buy] == [
        usd("1650.00"),
        usd("412.50"),
    ]


def test_a_change_is_offered_at_the_rate_that_was_agreed_for_the_load():
    stage = uncovered()
    stage.learn(offered("SPOT", "1900.00"), answered("S-1001-V1T3", carrier="SPOT", at=-570))

    stage.learn(changed(later(order(revision=2))))

    *_, sent = stage.sent("TenderLoad")
    assert (sent.payload.tender_ref, sent.payload.pay) == ("S-1001-V2T1", usd("1900.00"))


def test_a_load_is_taken_from_its_carrier_while_that_costs_nothing():
    stage = with_spot()
    stage.learn(answered(FIRST))

    stage.learn(retendered(FIRST, at=-200))

    state = stage.shipment("S-1001")
    assert (asked(stage), state.carrier_ref, state.buy) == (["NRTH"], "", ())
    assert [one.business_key for one in stage.sent("TenderLoad")] == [
        f"{FIRST}:offer",
        f"{FIRST}:cancel",
        f"{SECOND}:offer",
    ]


@pytest.mark.parametrize(
    ("before", "at", "says"),
    [
        ((), -179, "would get a TONU of 250.00 USD"),
        (
            (
                DriverDispatched(
                    key="d",
                    carrier_ref="ABCD",
                    references=(Reference(ReferenceKind.SHIPMENT, "S-1001"),),
                    **when(-500),
                ),
            ),
            -400,
            "would get a TONU of 250.00 USD",
        ),
        (driven()[:2], 130, "has left its pickup with ABCD"),
    ],
    ids=["three hours and 59 minutes before", "its driver is on the way", "on the road"],
)
def test_a_load_is_not_taken_from_a_carrier_that_would_be_owed_for_it(before, at, says):
    stage = with_spot()
    stage.learn(answered(FIRST), *before)

    with pytest.raises(NotPossible, match=says):
        stage.learn(withdrawn(FIRST, at=at))


def test_a_changed_load_goes_to_the_next_carrier_and_its_old_one_is_told_once():
    stage = with_spot()
    stage.learn(answered(FIRST), changed(later(order(revision=2))))

    stage.learn(retendered("S-1001-V2T1", at=-450))
    stage.learn(answered("S-1001-V2T2", carrier="NRTH", at=-440))

    told = [one.business_key for one in stage.sent("TenderLoad")]
    assert told[-2:] == ["S-1001-V2T1:cancel", "S-1001-V2T2:offer"]
    assert stage.shipment("S-1001").carrier_ref == "NRTH"
    stage.pass_time(when(60)["happened_at"])
    assert stage.open_cases() == set()


def test_the_carrier_agrees_to_a_change_by_the_word_of_a_dispatcher():
    stage = with_spot()
    stage.learn(answered(FIRST), changed(later(order(revision=2))))
    assert [one.what for one in stage.shipment("S-1001").amended.differences] == [
        "appointment of pickup at stop 1",
        "appointment of delivery at stop 2",
    ]
    yes = answered("S-1001-V2T1", at=-450)

    stage.learn(structs.replace(yes, recorded_by="Ann", reason="Joe said so on the telephone"))

    state = stage.shipment("S-1001")
    assert (state.carrier_ref, state.amended) == ("ABCD", None)
    assert [one.charge.money for one in state.buy] == [usd("1650.00"), usd("412.50")]
    said = "accepted S-1001-V2T1, recorded by Ann because Joe said so on the telephone"
    assert any(said in text for _, text in stage.notes)


def test_two_changes_that_nobody_answered_are_shown_as_one():
    stage = with_spot()
    stage.learn(answered(FIRST), changed(later(order(revision=2))))

    stage.learn(changed(order(revision=3, equipment="reefer"), at=-490))

    amended = stage.shipment("S-1001").amended
    assert [str(one) for one in amended.differences] == ["equipment: dry van -> reefer"]


def test_a_change_that_its_carrier_leaves_unanswered_gets_an_owner():
    stage = with_spot()
    stage.learn(answered(FIRST), changed(later(order(revision=2))))

    stage.pass_time(when(-400)["happened_at"])

    assert stage.open_cases() == {CaseKind.CHANGE_UNANSWERED}
    assert asked(stage) == ["NRTH"]
    stage.learn(answered("S-1001-V2T2", carrier="NRTH", at=-395))
    assert stage.open_cases() == set()


@settings(deadline=None, max_examples=6)
@given(st.permutations([offered("ABCD", at=-500), to_all(at=-499), withdrawn(FIRST, at=-498)]))
def test_whatever_is_clicked_in_whatever_order_there_is_one_question_or_one_award(clicks):
    stage = with_spot()

    for click in (*clicks, *clicks):
        try:
            stage.learn(click)
        except NotPossible:
            continue

    waterfall = stage.shipment("S-1001").waterfall
    assert len({one.tender_ref for one in waterfall.offers}) == len(waterfall.offers)
    assert waterfall.award is None or not waterfall.open_offers
    assert len(waterfall.open_offers) <= 1


def test_a_load_taken_away_and_given_to_another_is_paid_once():
    stage = with_spot()
    stage.learn(answered(FIRST), retendered(FIRST, at=-300))
    stage.learn(answered(SECOND, carrier="NRTH", at=-290))
    stage.learn(*(structs.replace(one, reported_by="NRTH") for one in driven()))

    stage.learn(bill(LINEHAUL, FUEL, carrier_ref="ABCD"))

    assert stage.bill("B-1").payable.amount == 0
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == 0
