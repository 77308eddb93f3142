"""A claim after each step, whole, and every refusal in words. 290.00 USD are claimed."""

from decimal import Decimal

import pytest

from drawbar.freight.claim import ClaimStep as S
from drawbar.freight.dispute import Voice
from drawbar.freight.money import Money
from drawbar.settlement.claim import (
    BeyondClaim,
    ClaimStanding,
    NotNow,
    gives_up,
    next_steps,
    recovered,
    stepped,
)
from drawbar.settlement.claim import ClaimStatus as Status

OURS, CARRIER = Voice.OURS, Voice.CARRIER


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def claim(status: Status = Status.FILED, claimed: str | None = "290.00", **money: str):
    """Return a claim as it stands: what is offered, recovered and let go, where it is said."""
    known = {name: usd(amount) for name, amount in money.items()}
    return ClaimStanding(status=status, claimed=usd(claimed) if claimed else None, **known)


FOUND = claim(Status.FOUND)
OFFERED = claim(Status.OFFERED, offered="200.00")
UNKNOWN = claim(Status.FOUND, claimed=None)


@pytest.mark.parametrize(
    ("start", "step", "voice", "amount", "after"),
    [
        (FOUND, S.FILE, OURS, None, claim(Status.FILED)),
        (FOUND, S.FILE, OURS, "290.00", claim(Status.FILED)),
        (FOUND, S.FILE, OURS, "250.00", claim(Status.FILED, "250.00")),
        (UNKNOWN, S.FILE, OURS, "0.50", claim(Status.FILED, "0.50")),
        (claim(), S.ACKNOWLEDGE, CARRIER, None, claim(Status.ACKNOWLEDGED)),
        (claim(), S.OFFER, CARRIER, "200.00", OFFERED),
        (claim(), S.OFFER, CARRIER, "0.01", claim(Status.OFFERED, offered="0.01")),
        (OFFERED, S.OFFER, CARRIER, "290.00", claim(Status.OFFERED, offered="290.00")),
        (OFFERED, S.DECLINE, OURS, None, claim(Status.ACKNOWLEDGED)),
        (OFFERED, S.DECLINE, CARRIER, None, claim(Status.DECLINED)),
        (claim(), S.ACCEPT, CARRIER, None, claim(Status.ACCEPTED, offered="290.00")),
        (
            claim(recovered="90.00"), S.ACCEPT, CARRIER, None,
            claim(Status.ACCEPTED, recovered="90.00", offered="200.00"),
        ),
        (
            OFFERED, S.ACCEPT, OURS, None,
            claim(Status.ACCEPTED, offered="200.00", let_go="90.00"),
        ),
        (
            claim(Status.OFFERED, offered="290.00"), S.ACCEPT, OURS, None,
            claim(Status.ACCEPTED, offered="290.00"),
        ),
        (
            claim(Status.OFFERED, offered="100.00", let_go="90.00"), S.ACCEPT, OURS, None,
            claim(Status.ACCEPTED, offered="100.00", let_go="190.00"),
        ),
        (claim(), S.PAY, CARRIER, "100.00", claim(recovered="100.00")),
        (
            claim(recovered="100.00"), S.CREDIT, CARRIER, "189.99",
            claim(recovered="289.99"),
        ),
        (
            claim(recovered="100.00"), S.CREDIT, CARRIER, "190.00",
            claim(Status.RECOVERED, recovered="290.00"),
        ),
        (
            claim(Status.ACCEPTED, offered="200.00", let_go="90.00"), S.PAY, CARRIER, "200.00",
            claim(Status.RECOVERED, offered="200.00", let_go="90.00", recovered="200.00"),
        ),
        (FOUND, S.WITHDRAW, OURS, None, claim(Status.WITHDRAWN, let_go="290.00")),
        (UNKNOWN, S.WITHDRAW, OURS, None, claim(Status.WITHDRAWN, claimed=None)),
        (
            claim(recovered="100.00", let_go="90.00"), S.WRITE_OFF, OURS, None,
            claim(Status.WRITTEN_OFF, recovered="100.00", let_go="190.00"),
        ),
        (FOUND, S.WRITE_OFF, OURS, None, claim(Status.WRITTEN_OFF, let_go="290.00")),
    ],
    ids=[
        "filed for what is known", "filed for all of it", "filed for less",
        "filed for what is said", "acknowledged", "offered", "a cent offered", "offered anew",
        "our no", "the carrier's no",
        "accepted by the carrier", "accepted after a part was paid", "an offer taken",
        "an offer of everything taken", "an offer taken after something was let go",
        "paid in part", "a cent still open", "credited to the last cent", "the offer paid",
        "withdrawn", "withdrawn without a known worth", "the rest written off", "all written off",
    ],
)  # fmt: skip
def test_a_step_changes_just_this_of_a_claim(start, step, voice, amount, after):
    assert stepped(start, step, voice=voice, money=usd(amount) if amount else None) == after


@pytest.mark.parametrize(
    ("start", "step", "voice", "text"),
    [
        (claim(), S.FILE, OURS, "the claim is filed; we cannot file it now"),
        (claim(), S.WRITE_OFF, CARRIER, "the claim is filed; the carrier cannot write off it now"),
        (
            claim(Status.WRITTEN_OFF), S.PAY, CARRIER,
            "the claim is written off; the carrier cannot pay it now",
        ),
        (
            claim(recovered="100.00"), S.WITHDRAW, OURS,
            "100.00 USD came back already; write off the rest",
        ),
    ],
    ids=["twice", "the other side's step", "an ended claim", "a claim paid in part"],
)  # fmt: skip
def test_a_step_out_of_turn_says_how_the_claim_stands(start, step, voice, text):
    with pytest.raises(NotNow) as refused:
        stepped(start, step, voice=voice, money=usd("1.00"))

    assert str(refused.value) == text


@pytest.mark.parametrize(
    ("start", "step", "voice", "money", "text"),
    [
        (
            FOUND, S.FILE, OURS, usd("290.01"),
            "290.01 USD is more than the 290.00 USD that the facts support",
        ),
        (
            UNKNOWN, S.FILE, OURS, None,
            "nobody knows yet what is claimed; say the amount",
        ),
        (
            UNKNOWN, S.FILE, OURS, usd("0.00"),
            "nobody knows yet what is claimed; say the amount",
        ),
        (claim(), S.OFFER, CARRIER, None, "say the amount"),
        (
            claim(claimed=None), S.PAY, CARRIER, usd("1.00"), "say the amount",
        ),
        (
            claim(recovered="90.00"), S.PAY, CARRIER, usd("200.01"),
            "200.01 USD is not a part of the 200.00 USD that is open",
        ),
        (
            claim(), S.PAY, CARRIER, Money(Decimal("1.00"), "CAD"),
            "1.00 CAD is not a part of the 290.00 USD that is open",
        ),
        (claim(), S.OFFER, CARRIER, usd("0.00"),
         "0.00 USD is not a part of the 290.00 USD that is open"),
    ],
    ids=["more than is known", "an unknown worth", "a worth of nothing", "no amount",
         "paid before it has a worth", "a cent more than is open", "another currency", "nothing"],
)  # fmt: skip
def test_an_amount_that_cannot_be_meant_is_named(start, step, voice, money, text):
    with pytest.raises(BeyondClaim) as refused:
        stepped(start, step, voice=voice, money=money)

    assert str(refused.value) == text


def test_money_comes_back_on_filed_claims_only():
    assert recovered(claim(), usd("290.00")) == claim(Status.RECOVERED, recovered="290.00")
    with pytest.raises(NotNow) as refused:
        recovered(claim(Status.WRITTEN_OFF), usd("1.00"))
    assert str(refused.value) == "the claim is written off"


@pytest.mark.parametrize(
    ("start", "step", "lets_go"),
    [
        (OFFERED, S.ACCEPT, usd("90.00")),
        (claim(), S.ACCEPT, None),
        (claim(claimed=None), S.ACCEPT, None),
        (claim(recovered="90.00"), S.WITHDRAW, usd("200.00")),
        (claim(recovered="90.00"), S.WRITE_OFF, usd("200.00")),
        (claim(claimed=None), S.WRITE_OFF, None),
        (OFFERED, S.DECLINE, None),
    ],
    ids=["what an offer leaves", "no offer", "no worth", "all that is open", "all of it again",
         "an unknown worth", "nothing by a no"],
)  # fmt: skip
def test_what_somebody_of_ours_lets_go_is_known_before_they_do(start, step, lets_go):
    assert gives_up(start, step) == lets_go


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        (Status.FOUND, [(S.FILE, OURS), (S.WITHDRAW, OURS), (S.WRITE_OFF, OURS)]),
        (
            Status.OFFERED,
            [
                (S.OFFER, CARRIER), (S.ACCEPT, OURS), (S.ACCEPT, CARRIER), (S.DECLINE, OURS),
                (S.DECLINE, CARRIER), (S.CREDIT, CARRIER), (S.PAY, CARRIER), (S.WITHDRAW, OURS),
                (S.WRITE_OFF, OURS),
            ],
        ),
        (Status.RECOVERED, []),
    ],
    ids=["found", "offered", "recovered"],
)  # fmt: skip
def test_the_next_steps_are_those_that_fit_now(status, steps):
    assert next_steps(claim(status)) == tuple(steps)
