"""How a claim goes on. 290.00 USD claimed, and filed, unless said."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.claim import ClaimStep as S
from drawbar.freight.claim import ClaimTerms, Paper
from drawbar.freight.dispute import Voice
from drawbar.freight.money import Money, zero
from drawbar.settlement.claim import (
    ENDED,
    BeyondClaim,
    ClaimStanding,
    ClaimStatus,
    NotNow,
    gives_up,
    lacking,
    stepped,
)

OURS, CARRIER = Voice.OURS, Voice.CARRIER


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


FOUND = ClaimStanding(claimed=usd("290.00"))
FILED = stepped(FOUND, S.FILE, voice=OURS)


def after(*steps: tuple[S, Voice, str | None], start: ClaimStanding = FILED) -> ClaimStanding:
    for step, voice, amount in steps:
        start = stepped(start, step, voice=voice, money=usd(amount) if amount else None)
    return start


def test_an_offer_taken_lets_go_of_the_rest_and_is_recovered_when_paid():
    offered = after((S.ACKNOWLEDGE, CARRIER, None), (S.OFFER, CARRIER, "200.00"))
    assert gives_up(offered, S.ACCEPT) == usd("90.00")

    taken = after((S.ACCEPT, OURS, None), start=offered)
    assert (taken.status, taken.open, taken.let_go) == (
        ClaimStatus.ACCEPTED,
        usd("200.00"),
        usd("90.00"),
    )
    assert after((S.PAY, CARRIER, "200.00"), start=taken).status is ClaimStatus.RECOVERED


def test_a_carrier_that_accepts_accepts_all_that_is_open():
    taken = after((S.ACCEPT, CARRIER, None))

    assert (taken.status, taken.open, taken.let_go) == (ClaimStatus.ACCEPTED, usd("290.00"), None)


def test_a_claim_paid_in_parts_is_recovered_with_the_last_cent():
    part = after((S.CREDIT, CARRIER, "289.99"))

    assert (part.status, part.open) == (ClaimStatus.FILED, usd("0.01"))
    assert after((S.PAY, CARRIER, "0.01"), start=part).status is ClaimStatus.RECOVERED


def test_the_rest_of_a_claim_that_was_paid_in_part_is_written_off_not_withdrawn():
    part = after((S.PAY, CARRIER, "100.00"))

    with pytest.raises(NotNow, match="write off the rest"):
        after((S.WITHDRAW, OURS, None), start=part)
    over = after((S.WRITE_OFF, OURS, None), start=part)
    assert (over.status, over.recovered, over.let_go) == (
        ClaimStatus.WRITTEN_OFF,
        usd("100.00"),
        usd("190.00"),
    )


def test_our_no_to_an_offer_leaves_the_claim_as_it_was():
    insisted = after((S.OFFER, CARRIER, "5.00"), (S.DECLINE, OURS, None))

    assert (insisted.status, insisted.open) == (ClaimStatus.ACKNOWLEDGED, usd("290.00"))


@pytest.mark.parametrize(
    ("step", "voice", "start"),
    [
        (S.FILE, OURS, FILED),
        (S.FILE, CARRIER, FOUND),
        (S.ACKNOWLEDGE, OURS, FILED),
        (S.OFFER, CARRIER, FOUND),
        (S.ACCEPT, OURS, FILED),
        (S.PAY, OURS, FILED),
        (S.WRITE_OFF, CARRIER, FILED),
        (S.DECLINE, CARRIER, after((S.DECLINE, CARRIER, None))),
        (S.PAY, CARRIER, after((S.WITHDRAW, OURS, None))),
    ],
    ids=lambda one: getattr(one, "value", getattr(getattr(one, "status", None), "value", "")),
)
def test_a_step_out_of_turn_or_by_the_wrong_side_is_refused(step, voice, start):
    with pytest.raises(NotNow):
        stepped(start, step, voice=voice, money=usd("1.00"))


@pytest.mark.parametrize(
    "money",
    [usd("290.01"), usd("0.00"), usd("-1.00"), Money(Decimal(1), "CAD"), None],
    ids=["a cent too much", "nothing", "below zero", "other currency", "no amount"],
)
def test_nobody_pays_or_offers_what_is_not_open(money):
    for step in (S.OFFER, S.PAY, S.CREDIT):
        with pytest.raises(BeyondClaim):
            stepped(FILED, step, voice=CARRIER, money=money)


def test_what_nobody_knows_the_worth_of_is_filed_for_what_is_said():
    unknown = ClaimStanding()

    with pytest.raises(BeyondClaim):
        stepped(unknown, S.FILE, voice=OURS)
    assert stepped(unknown, S.FILE, voice=OURS, money=usd("75.00")).open == usd("75.00")
    with pytest.raises(BeyondClaim, match="more than"):
        stepped(FOUND, S.FILE, voice=OURS, money=usd("290.01"))


def test_a_cargo_claim_names_the_papers_that_it_lacks():
    needed = ClaimTerms().papers

    assert lacking(frozenset({Paper.POD}), needed=needed) == ("bol", "invoice of goods")
    assert lacking(frozenset(Paper), needed=needed) == ()


STEPS = st.lists(
    st.tuples(st.sampled_from(S), st.sampled_from(Voice), st.integers(-100, 40_000)), max_size=12
)


@given(steps=STEPS)
def test_recovered_let_go_and_open_are_always_what_was_claimed(steps):
    claim = FOUND
    for step, voice, cents in steps:
        was = claim
        try:
            claim = stepped(claim, step, voice=voice, money=usd(str(Decimal(cents).scaleb(-2))))
        except (NotNow, BeyondClaim):
            assert claim is was
        nothing = zero("USD")
        assert claim.open is not None
        assert claim.open >= nothing
        both = (claim.recovered or nothing) + (claim.let_go or nothing)
        assert both + claim.open == claim.claimed
        assert was.status not in ENDED or claim is was
