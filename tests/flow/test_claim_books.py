"""Claims in the books. 24 pumps of 145.00 USD each, 22 arrive: 290.00 claimed and filed."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.flow.claim_state import ClaimState
from drawbar.flow.company import PaidBy
from drawbar.freight.approval import ApprovalLimit
from drawbar.freight.charge import ChargeKind
from drawbar.freight.claim import ClaimNetted, ClaimPaper, ClaimSaid, Paper
from drawbar.freight.claim import ClaimStep as S
from drawbar.freight.delivery import DeliveryConfirmed, DocumentSeen
from drawbar.freight.dispute import Voice
from drawbar.freight.ledger import Account
from drawbar.freight.money import total
from drawbar.freight.stream import StreamKind
from drawbar.settlement.claim import ClaimStatus
from tests.flow.stage import (
    Stage,
    acme,
    answered,
    bill,
    driven,
    order,
    pod,
    released,
    usd,
    when,
)
from tests.flow.test_claims import OVERCHARGE, claim, no_short_pay, opened

CARGO = "CC-S-1001"
OURS, CARRIER = Voice.OURS, Voice.CARRIER
LINEHAUL = (ChargeKind.LINEHAUL, "1650.00")
FUEL = (ChargeKind.FUEL_SURCHARGE, "412.50")
PAPERS = tuple(
    ClaimPaper(paper=one, document="a" * 64)
    for one in (Paper.BOL, Paper.POD, Paper.INVOICE_OF_GOODS)
)


def step(what: S, voice: Voice, money: str | None = None, *, at: float, ref: str = CARGO):
    return ClaimSaid(
        key=f"{ref}:{what}:{voice}:{at}",
        claim_ref=ref,
        step=what,
        voice=voice,
        money=usd(money) if money else None,
        papers=PAPERS if what is S.FILE else (),
        said_by="finance@acme" if voice is OURS else "carrier:ABCD",
        role="finance",
        **when(at),
    )


def filed(**policy: object) -> Stage:
    stage = Stage(acme(**policy))
    *events, _ = driven()
    stage.learn(released(), answered("S-1001-V1T1"), *events, pod(pieces=22))
    stage.learn(step(S.FILE, OURS, at=5000))
    return stage


def accepted(**policy: object) -> Stage:
    stage = filed(**policy)
    stage.learn(step(S.ACCEPT, CARRIER, at=5100))
    return stage


def of_claims(stage: Stage) -> dict[Account, Decimal]:
    """Return the sums of all that claims booked, by account."""
    lines = [
        line for one in stage.entries if one.about.kind is StreamKind.CLAIM for line in one.lines
    ]
    sums = {
        account: sum(each.money.amount for each in lines if each.account is account)
        for account in {line.account for line in lines}
    }
    return {account: amount for account, amount in sums.items() if amount}


def test_a_claim_that_is_found_filed_acknowledged_or_declined_books_nothing():
    stage = filed()
    stage.learn(step(S.ACKNOWLEDGE, CARRIER, at=5100), step(S.DECLINE, CARRIER, at=5200))

    assert of_claims(stage) == {}


def test_what_the_carrier_accepts_is_owed_and_goes_to_the_erp():
    stage = accepted()

    assert of_claims(stage) == {
        Account.CLAIMS_RECEIVABLE: Decimal("290.00"),
        Account.CLAIMS_RECOVERED: Decimal("-290.00"),
    }
    (entry,) = (one for one in stage.entries if one.about.kind is StreamKind.CLAIM)
    assert entry.entry_ref in {one.business_key for one in stage.sent("PostJournal")}


def test_an_offer_that_we_take_is_owed_and_what_it_leaves_was_never_booked():
    stage = filed()
    stage.learn(step(S.OFFER, CARRIER, "200.00", at=5100), step(S.ACCEPT, OURS, at=5200))

    assert stage.balance(Account.CLAIMS_RECEIVABLE) == Decimal("200.00")
    assert stage.balance(Account.WRITTEN_OFF) == 0


def test_the_erp_shows_the_journal_of_a_claim_and_it_agrees():
    stage = accepted()
    (entry,) = (one for one in stage.entries if one.about.kind is StreamKind.CLAIM)
    told = {"system": "erp", "business_key": entry.entry_ref, "document": "JE-7"}
    more = {"delivery_kind": "PostJournal", "stream": entry.about}
    stage.learn(DeliveryConfirmed(key="c", **told, **more, **when(5200)))
    stage.learn(
        DocumentSeen(key="s", state="posted", total=usd("290.00"), **told, **when(5300)),
    )

    assert [one.agrees for one in claim(stage).documents] == [True]


def test_what_was_owed_and_is_written_off_is_a_loss_and_the_receivable_ends_at_zero():
    stage = accepted()
    stage.learn(step(S.PAY, CARRIER, "100.00", at=5200), step(S.WRITE_OFF, OURS, at=5300))

    assert of_claims(stage) == {
        Account.BANK_CLEARING: Decimal("100.00"),
        Account.WRITTEN_OFF: Decimal("190.00"),
        Account.CLAIMS_RECOVERED: Decimal("-290.00"),
    }


def test_a_claim_that_nobody_accepted_is_let_go_without_an_entry():
    stage = filed()
    stage.learn(step(S.WRITE_OFF, OURS, at=5300))

    assert of_claims(stage) == {}
    assert claim(stage).standing.status is ClaimStatus.WRITTEN_OFF


def overcharged() -> Stage:
    stage = Stage(no_short_pay())
    over = (ChargeKind.LINEHAUL, "1850.00")
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(over, FUEL))
    stage.learn(step(S.ACCEPT, CARRIER, at=5100, ref=OVERCHARGE))
    return stage


def credit(money: str = "-200.00", ref: str = "B-2", *, at: float = 60_000):
    return bill((ChargeKind.LINEHAUL, money), ref=ref, number=f"CM-{ref}", at=at)


def test_an_accepted_overcharge_that_comes_as_a_credit_bill_is_income_once():
    stage = overcharged()
    stage.learn(credit())

    assert stage.balance(Account.CLAIMS_RECEIVABLE) == 0
    assert stage.balance(Account.ACCOUNTS_PAYABLE) == Decimal("-2062.50")
    cost = (Account.FREIGHT_COST, Account.FREIGHT_VARIANCE, Account.CLAIMS_RECOVERED)
    assert sum(stage.balance(one) for one in cost) == Decimal("2062.50")


def test_a_credit_memo_noted_by_hand_and_sent_as_a_bill_counts_once():
    stage = overcharged()
    stage.learn(step(S.CREDIT, CARRIER, "200.00", at=5200, ref=OVERCHARGE))
    noted = stage.balance(Account.ACCOUNTS_PAYABLE)

    stage.learn(credit())

    assert (noted, stage.balance(Account.ACCOUNTS_PAYABLE)) == (Decimal("-2062.50"),) * 2
    assert stage.balance(Account.CLAIMS_RECEIVABLE) == 0
    assert stage.balance(Account.FREIGHT_COST) + stage.balance(Account.FREIGHT_VARIANCE) == Decimal(
        "2062.50"
    )
    assert claim(stage, OVERCHARGE).standing.recovered == usd("200.00")


def test_a_credit_bill_beyond_the_claim_ends_it_at_what_was_claimed():
    stage = overcharged()
    stage.learn(credit("-250.00"))

    assert claim(stage, OVERCHARGE).standing.recovered == usd("200.00")
    assert stage.balance(Account.CLAIMS_RECEIVABLE) == 0


def test_a_credit_bill_about_another_charge_takes_nothing_off_a_claim():
    stage = overcharged()
    other = bill((ChargeKind.FUEL_SURCHARGE, "-200.00"), ref="B-2", number="CM", at=60_000)
    stage.learn(other)

    assert claim(stage, OVERCHARGE).standing.recovered is None
    assert stage.balance(Account.CLAIMS_RECEIVABLE) == Decimal("200.00")


def test_where_drawbar_pays_a_memo_by_hand_is_refused_and_says_what_to_do_instead():
    stage = accepted(payments=PaidBy.DRAWBAR)
    stage.learn(step(S.CREDIT, CARRIER, "290.00", at=5200))

    assert claim(stage).standing.open == usd("290.00")
    assert any("submit it as one" in text for _, text in stage.notes)


def netted(money: str, payment: str, *, at: float) -> ClaimNetted:
    key = f"netted:{payment}"
    return ClaimNetted(key=key, claim_ref=CARGO, money=usd(money), payment_ref=payment, **when(at))


def test_what_a_payment_takes_off_clears_what_was_owed_and_no_income_is_booked_twice():
    stage = accepted()
    stage.learn(netted("290.00", "P-1", at=5200))

    assert of_claims(stage) == {
        Account.CREDITS_NETTED: Decimal("290.00"),
        Account.CLAIMS_RECOVERED: Decimal("-290.00"),
    }


def test_what_an_ended_claim_brought_is_not_claimed_again_by_a_worse_proof():
    stage = accepted()
    stage.learn(step(S.PAY, CARRIER, "290.00", at=5200))
    stage.learn(pod(at=6000, pieces=20))

    state = claim(stage)
    assert (state.standing.status, state.standing.claimed) == (ClaimStatus.FOUND, usd("290.00"))
    stage.learn(step(S.FILE, OURS, at=6100), step(S.ACCEPT, CARRIER, at=6200))
    assert stage.balance(Account.CLAIMS_RECEIVABLE) == Decimal("290.00")
    refs = [one.entry_ref for one in stage.entries]
    assert len(refs) == len(set(refs))


def test_a_person_claims_no_more_of_a_line_than_it_still_costs_us():
    stage = Stage()
    stage.learn(released(), answered("S-1001-V1T1"), *driven(), bill(LINEHAUL, FUEL))
    stage.learn(opened("1600.00"))
    stage.learn(step(S.PAY, CARRIER, "1600.00", at=5200, ref=OVERCHARGE))

    stage.learn(opened("50.01", at=5300))
    assert claim(stage, OVERCHARGE).is_ended
    stage.learn(opened("50.00", at=5400))
    assert claim(stage, OVERCHARGE).standing.open == usd("50.00")


LIMITS = {"finance": ApprovalLimit(alone=Decimal("250.00"), together=Decimal("250.00"))}


def test_what_one_person_lets_go_of_a_claim_counts_together():
    stage = filed(approval_limits=LIMITS)
    stage.learn(step(S.OFFER, CARRIER, "150.00", at=5100), step(S.ACCEPT, OURS, at=5200))
    assert claim(stage).standing.let_go == usd("140.00")

    stage.learn(step(S.WRITE_OFF, OURS, at=5300))

    assert claim(stage).standing.open == usd("150.00")
    assert stage.balance(Account.WRITTEN_OFF) == 0
    assert any("let go of alone" in text for _, text in stage.notes)


def on(stage: Stage, what: S, *, at: float, load: str = "1001", by: str = "finance@acme"):
    """Let somebody take a step on the claim of a load, whose carrier is known."""
    told = step(what, OURS, at=at, ref=f"CC-S-{load}")
    stage.learn(structs.replace(told, carrier_ref="ABCD", said_by=by, key=f"{told.key}:{by}"))


def two_claims(**policy: object) -> Stage:
    stage = filed(approval_limits={"finance": ApprovalLimit(alone=D500, together=D500)}, **policy)
    *events, _ = driven("S-1002")
    stage.learn(released(order("1002")), answered("S-1002-V1T1"), *events, pod("S-1002", pieces=22))
    on(stage, S.FILE, at=5050, load="1002")
    return stage


D500 = Decimal("500.00")
DAY = 24 * 60


@pytest.mark.parametrize(
    ("days", "gap", "goes"),
    [(0, 1, True), (30, 1, False), (30, 31, True)],
    ids=["each by itself", "two in a month", "the first is a month old"],
)
def test_what_one_person_lets_go_with_a_carrier_counts_together_by_policy(days, gap, goes):
    stage = two_claims(let_go_days=days)
    on(stage, S.WRITE_OFF, at=6000)
    on(stage, S.WRITE_OFF, at=6000 + gap * DAY, load="1002")

    assert claim(stage, CARGO).is_ended
    assert claim(stage, "CC-S-1002").is_ended is goes


def test_what_another_person_let_go_does_not_count_against_me():
    stage = two_claims(let_go_days=30)
    on(stage, S.WRITE_OFF, at=6000, by="first@acme")
    on(stage, S.WRITE_OFF, at=6001, load="1002", by="other@acme")

    assert claim(stage, "CC-S-1002").is_ended


def test_a_step_that_names_another_carrier_is_not_taken():
    stage = filed()
    stage.learn(structs.replace(step(S.WRITE_OFF, OURS, at=5300), carrier_ref="NRTH"))

    assert not claim(stage).is_ended


@pytest.mark.parametrize("alone", ["290.00", "289.99"], ids=["to the cent", "first cent over"])
def test_a_write_off_goes_as_far_as_the_word_of_who_says_it(alone: str):
    limit = ApprovalLimit(alone=Decimal(alone), together=Decimal(alone))
    stage = filed(approval_limits={"finance": limit})
    stage.learn(step(S.WRITE_OFF, OURS, at=5300))

    assert claim(stage).is_ended is (alone == "290.00")


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["offer", "accept", "take", "decline", "pay", "credit", "net", "bill"]),
        st.integers(1, 30_000),
    ),
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(moves=MOVES, end=st.sampled_from([S.WRITE_OFF, S.WITHDRAW, None]))
def test_owed_is_never_below_zero_always_balanced_and_nothing_once_a_claim_ends(moves, end):
    stage = filed()
    for place, (move, cents) in enumerate(moves):
        stage.learn(_move(move, f"{Decimal(cents).scaleb(-2):.2f}", 5100 + place * 100))
        _stands(stage)
    if end:
        stage.learn(step(end, OURS, at=9000))
    _stands(stage)


def _move(move: str, money: str, at: float):
    match move:
        case "accept":
            return step(S.ACCEPT, CARRIER, at=at)
        case "take":
            return step(S.ACCEPT, OURS, at=at)
        case "decline":
            return step(S.DECLINE, CARRIER, at=at)
        case "net":
            return netted(money, f"P-{at}", at=at)
        case "bill":
            return credit(f"-{money}", f"B-{at:.0f}", at=at)
        case _:
            return step(S(move), CARRIER, money, at=at)


def _stands(stage: Stage) -> None:
    """Assert that the ledger owes what the claims say, and that every entry is balanced."""
    states = [one for one in stage.states.values() if isinstance(one, ClaimState)]
    owed = total((one.standing.receivable for one in states), currency="USD")
    assert owed.amount >= 0
    assert stage.balance(Account.CLAIMS_RECEIVABLE) == owed.amount
    assert all(not one.standing.receivable.amount for one in states if one.is_ended)
    for one in stage.entries:
        assert not total((line.money for line in one.lines), currency="USD").amount
