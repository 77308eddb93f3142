"""Whom we pay. The carrier is Able Bodied Carriers; a factor has its bills where a test says so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawbar.freight.party import Carrier
from drawbar.freight.payee import Assignment, BankAccount, PayeeChange, Remittance, UnfitAccount
from drawbar.settlement.payee import (
    NoPayee,
    Payee,
    Recognised,
    Unheard,
    in_force,
    may_confirm,
    payee_of,
    recognise,
)

TODAY = date(2026, 4, 10)
NOON = datetime(2026, 4, 10, 12, tzinfo=UTC)
OWN = BankAccount(holder="Able Bodied Carriers", number="1001", routing="021000021")
NEW = BankAccount(holder="Able Bodied Carriers", number="2002", routing="011401533")
SUMMIT = Assignment(
    factor_ref="SUMMIT",
    name="Summit Factoring",
    names=("Summit Factoring of Texas",),
    from_on=date(2026, 4, 1),
    until_on=date(2026, 5, 1),
    account=BankAccount(holder="Summit", iban="DE89 3704 0044 0532 0130 00", country="DE"),
)


def able(*factors: Assignment, account: BankAccount | None = OWN) -> Carrier:
    paid = Remittance(names=("ABC Trucking",), account=account, factors=factors)
    return Carrier(carrier_ref="ABCD", name="Able Bodied Carriers", system="abcd", remittance=paid)


def change(*, asked: datetime = NOON, by: str = "ann", confirmed: str = "bob", **what: object):
    return PayeeChange(
        change_ref="C-1",
        asked_at=asked,
        asked_by=by,
        reason="letter of April",
        confirmed_by=confirmed,
        confirmed_at=asked if confirmed else None,
        **what,
    )


@pytest.mark.parametrize(
    "said",
    ["", "ABCD", "able bodied carriers", "Able Bodied Carriers, Inc.", "A B C TRUCKING LLC"],
    ids=["nobody named", "its code", "other case", "legal form", "a name on file"],
)
def test_a_bill_that_names_its_carrier_is_the_carriers(said):
    assert recognise(said, able(), on=TODAY) == Recognised(
        payee_ref="ABCD", name="Able Bodied Carriers"
    )


def test_a_bill_that_names_somebody_unheard_of_is_paid_to_nobody():
    found = recognise("Evergreen Receivables", able(SUMMIT), on=TODAY)

    assert isinstance(found, Unheard)
    assert "Evergreen Receivables" in found.text


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        (date(2026, 3, 31), Unheard),
        (date(2026, 4, 1), Recognised),
        (date(2026, 4, 30), Recognised),
        (date(2026, 5, 1), Unheard),
    ],
    ids=["day before", "first day", "last day", "day after"],
)
def test_a_factor_is_known_while_its_notice_holds(on, outcome):
    assert isinstance(recognise("Summit Factoring of Texas", able(SUMMIT), on=on), outcome)


def test_the_factor_is_paid_even_where_the_bill_names_the_carrier():
    paid = payee_of(able(SUMMIT), on=TODAY)

    assert isinstance(paid, Payee)
    assert (paid.payee_ref, paid.account) == ("SUMMIT", SUMMIT.account)
    assert payee_of(able(SUMMIT), on=date(2026, 5, 1)) == Payee(
        payee_ref="ABCD", name="Able Bodied Carriers", account=OWN
    )


def test_of_two_notices_the_newer_one_holds():
    other = Assignment(factor_ref="OTHER", name="Other", from_on=date(2026, 4, 5), account=NEW)

    paid = payee_of(able(SUMMIT, other), on=TODAY)

    assert isinstance(paid, Payee)
    assert paid.payee_ref == "OTHER"
    assert isinstance(recognise("Summit Factoring", able(SUMMIT, other), on=TODAY), Unheard)


def test_without_an_account_nobody_is_paid():
    assert isinstance(payee_of(able(account=None), on=TODAY), NoPayee)


def test_changed_details_wait_out_the_cooling_period():
    changes = (change(account=NEW),)
    last_moment = NOON + timedelta(days=7) - timedelta(seconds=1)

    assert in_force(changes, at=last_moment) == ()
    assert in_force(changes, at=NOON + timedelta(days=7)) == changes
    assert payee_of(able(), on=TODAY, changes=()).account == OWN
    assert payee_of(able(), on=TODAY, changes=changes).account == NEW


@pytest.mark.parametrize("second", ["", "ann", "Ann "], ids=["nobody", "the same", "same in caps"])
def test_a_change_without_a_second_other_person_never_counts(second):
    forever = NOON + timedelta(days=365)

    assert in_force((change(account=NEW, confirmed=second),), at=forever) == ()


def test_whoever_entered_a_change_does_not_confirm_it():
    entered = change(account=NEW, confirmed="")

    assert "second, other person" in may_confirm(entered, "ANN")
    assert may_confirm(entered, "bob") == ""
    assert "already" in may_confirm(change(account=NEW), "eve")


def test_a_released_factor_is_paid_no_more():
    released = (change(released="SUMMIT"),)

    assert payee_of(able(SUMMIT), on=TODAY, changes=released).payee_ref == "ABCD"
    assert isinstance(
        recognise("Summit Factoring", able(SUMMIT), on=TODAY, changes=released), Unheard
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"iban": "DE89370400440532013001", "country": "DE"},
        {"number": "1", "routing": "021000022"},
        {"number": "1", "iban": "DE89370400440532013000", "routing": "021000021"},
        {"routing": "021000021"},
        {"iban": "DE89370400440532013000", "bic": "nonsense"},
    ],
    ids=["IBAN mistyped", "routing number mistyped", "two accounts", "no account", "no BIC"],
)
def test_an_account_that_no_bank_can_have_is_refused(fields):
    with pytest.raises(UnfitAccount):
        BankAccount(holder="Able", **fields)


@given(st.text(min_size=1, max_size=40))
def test_never_recognises_a_name_that_is_on_no_file(said):
    found = recognise(said, able(SUMMIT), on=TODAY)

    letters = "".join(sign for sign in said if sign.isalnum())
    known = ("abcd", "ablebodied", "abctrucking", "summit")
    assert isinstance(found, Unheard) or not letters or letters.casefold().startswith(known)
