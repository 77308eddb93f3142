"""Whom a bill means and who is paid, whole: the carrier Able, or Summit, its factor in April."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import structs

from drawbar.freight.party import Carrier
from drawbar.freight.payee import (
    Assignment,
    BankAccount,
    PayeeChange,
    PostalAddress,
    Remittance,
)
from drawbar.settlement.payee import (
    NoPayee,
    Payee,
    Recognised,
    Unheard,
    counts_from,
    factor_of,
    in_force,
    may_confirm,
    payee_of,
    recognise,
)

TODAY = date(2026, 4, 10)
NOON = datetime(2026, 4, 10, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
OWN = BankAccount(holder="Able", number="1001", routing="021000021")
NEW = BankAccount(holder="Able", number="2002", routing="011401533")
DALLAS = PostalAddress(country="US", city="Dallas")
COLOGNE = PostalAddress(country="DE", city="Köln")
SUMMIT = Assignment(
    factor_ref="SUMMIT",
    name="Summit Factoring",
    names=("Summit of Texas",),
    from_on=date(2026, 4, 1),
    until_on=date(2026, 5, 1),
    account=BankAccount(holder="Summit", iban="DE89 3704 0044 0532 0130 00", country="DE"),
    address=COLOGNE,
)
LATER = Assignment(factor_ref="LATER", name="Later", from_on=date(2026, 4, 5), account=NEW)


def able(*factors: Assignment, account: BankAccount | None = OWN) -> Carrier:
    paid = Remittance(names=("ABC Trucking",), account=account, address=DALLAS, factors=factors)
    return Carrier(carrier_ref="ABCD", name="Able", system="abcd", remittance=paid)


def change(ref: str = "C-1", **said) -> PayeeChange:
    facts = {
        "asked_at": NOON,
        "asked_by": "ann",
        "reason": "letter of April",
        "confirmed_by": "bob",
        "confirmed_at": NOON,
    }
    return PayeeChange(change_ref=ref, **facts | said)


@pytest.mark.parametrize(
    "said",
    ["SUMMIT", "summit factoring, llc", "Summit-of-Texas", "Summit Factoring Co., Ltd."],
    ids=["its code", "its name", "another spelling", "two legal forms"],
)
def test_a_bill_that_names_the_factor_means_the_factor(said):
    assert recognise(said, able(SUMMIT), on=TODAY) == Recognised(
        payee_ref="SUMMIT", name="Summit Factoring"
    )


@pytest.mark.parametrize(
    ("factors", "text"),
    [
        ((), "The bill asks to pay Evergreen, which is not Able."),
        (
            (SUMMIT,),
            "The bill asks to pay Evergreen, which is not Able;"
            " its bills belong to Summit Factoring.",
        ),
    ],
    ids=["no factor", "another factor"],
)
def test_a_bill_that_names_somebody_else_is_told_with_what_would_mend_it(factors, text):
    assert recognise(" Evergreen ", able(*factors), on=TODAY) == Unheard(
        text=text,
        remedy="Ask Able, at an address known before, whom to pay; enter a factor's"
        " notice of assignment, which a second person confirms.",
    )


def test_a_factor_that_came_by_a_change_is_meant_too():
    assert recognise(
        "Later", able(SUMMIT), on=TODAY, changes=(change(assignment=LATER),)
    ) == Recognised(payee_ref="LATER", name="Later")


def test_the_carrier_is_paid_at_its_account_and_address():
    assert payee_of(able(), on=TODAY) == Payee(
        payee_ref="ABCD", name="Able", account=OWN, address=DALLAS
    )


def test_a_factor_is_paid_at_its_own_account_and_address():
    assert payee_of(able(SUMMIT), on=TODAY) == Payee(
        payee_ref="SUMMIT", name="Summit Factoring", account=SUMMIT.account, address=COLOGNE
    )


def test_the_last_account_that_was_entered_counts():
    other = structs.replace(NEW, number="3003")
    changes = (change(account=NEW), change("C-2", account=other), change("C-3", released="X"))

    assert payee_of(able(), on=TODAY, changes=iter(changes)) == Payee(
        payee_ref="ABCD", name="Able", account=other, address=DALLAS
    )


@pytest.mark.parametrize(
    ("carrier", "name"),
    [
        (able(account=None), "Able"),
        (able(structs.replace(SUMMIT, account=None)), "Summit Factoring"),
    ],
    ids=["the carrier", "the factor"],
)
def test_whoever_has_no_account_is_not_paid_and_named(carrier, name):
    assert payee_of(carrier, on=TODAY) == NoPayee(
        text=f"No bank account of {name} is known.",
        remedy=f"Ask {name} for it and enter it; a second person confirms it.",
    )


@pytest.mark.parametrize(
    ("changes", "on", "factor"),
    [
        ([], date(2026, 3, 31), None),
        ([], date(2026, 4, 1), SUMMIT),
        ([], date(2026, 4, 30), SUMMIT),
        ([], date(2026, 5, 1), None),
        ([change(assignment=LATER)], TODAY, LATER),
        ([change(assignment=LATER)], date(2026, 4, 4), SUMMIT),
        ([change(released="SUMMIT")], TODAY, None),
        ([change(released="OTHER")], TODAY, SUMMIT),
        ([change(released="SUMMIT"), change(assignment=LATER)], TODAY, LATER),
        ([change(assignment=LATER), change(released="LATER")], TODAY, SUMMIT),
        ([change(account=NEW)], TODAY, SUMMIT),
    ],
    ids=[
        "the day before", "the first day", "the last day", "the day after", "the newer notice",
        "before the newer notice", "released", "another one released", "released and assigned",
        "assigned and released", "another account of the carrier",
    ],
)  # fmt: skip
def test_the_newest_notice_in_force_holds_until_it_is_released(changes, on, factor):
    assert factor_of(able(SUMMIT), on=on, changes=changes) == factor


@pytest.mark.parametrize(
    ("one", "at", "counts"),
    [
        (change(), NOON + WEEK, True),
        (change(), NOON + WEEK - timedelta(seconds=1), False),
        (change(confirmed_at=NOON + WEEK * 2), NOON + WEEK * 2, True),
        (change(confirmed_at=NOON + WEEK * 2), NOON + WEEK * 2 - timedelta(seconds=1), False),
        (change(confirmed_by="", confirmed_at=None), NOON + WEEK * 9, False),
        (change(refused_by="eve"), NOON + WEEK * 9, False),
        (change(confirmed_by="Ann "), NOON + WEEK * 9, False),
    ],
    ids=["cooled down", "a second early", "confirmed late", "a second before that",
         "not confirmed", "refused", "one person said both words"],
)  # fmt: skip
def test_a_change_counts_once_confirmed_by_another_person_and_cooled_down(one, at, counts):
    assert in_force([one], at=at) == ((one,) if counts else ())


def test_a_firm_may_let_changes_cool_down_for_longer_or_not_at_all():
    one = change()

    assert in_force([one], at=NOON, cooling_days=0) == (one,)
    assert in_force([one], at=NOON + WEEK, cooling_days=8) == ()
    assert counts_from(one) == NOON + WEEK
    assert counts_from(one, cooling_days=8) == NOON + timedelta(days=8)
    assert counts_from(change(confirmed_by="", confirmed_at=None)) == NOON + WEEK
    assert counts_from(change(confirmed_at=NOON + WEEK * 2)) == NOON + WEEK * 2


def test_changes_in_force_stand_in_the_order_in_which_they_were_entered():
    before = change("C-9", asked_at=NOON - WEEK)
    one, two = change("C-1"), change("C-2")

    assert in_force([two, one, before], at=NOON + WEEK) == (before, one, two)


@pytest.mark.parametrize(
    ("one", "person", "why_not"),
    [
        (change(confirmed_by="", confirmed_at=None), "bob", ""),
        (
            change(confirmed_by="", confirmed_at=None), "ANN",
            "Whoever enters a change does not confirm it: a second, other person does.",
        ),
        (change(), "eve", "It was confirmed by bob already."),
        (change(confirmed_by="", refused_by="eve"), "bob", "It was refused by eve."),
    ],
    ids=["another person", "whoever entered it", "confirmed before", "refused before"],
)  # fmt: skip
def test_who_may_not_confirm_a_change_is_told_why(one, person, why_not):
    assert may_confirm(one, person) == why_not
