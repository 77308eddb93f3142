"""A partner's 997: which of our files it could read, and what was wrong with one."""

import pytest


def test_an_accepted_group_is_named_by_our_control_number(hear):
    (fact,) = hear("997", "AK1*SM*7\nAK2*204*0001\nAK5*A\nAK9*A*1*1*1").facts

    assert (fact.partner, fact.control, fact.accepted, fact.text) == ("ABCD", "7", True, "")


def test_padding_of_the_control_number_does_not_count(hear):
    (fact,) = hear("997", "AK1*SM*000000007\nAK2*204*0001\nAK5*A\nAK9*A*1*1*1").facts

    assert fact.control == "7"


@pytest.mark.parametrize("verdict", ["R", "P", "X"])
def test_what_is_not_accepted_is_refused(hear, verdict):
    (fact,) = hear("997", f"AK1*SM*7\nAK2*204*0001\nAK5*R*5\nAK9*{verdict}*1*1*0").facts

    assert not fact.accepted


def test_a_refusal_says_where_the_partner_stumbled(hear):
    body = "AK1*SM*7\nAK2*204*0001\nAK3*N4*19**8\nAK4*2*156*7*ZZ\nAK5*R*5\nAK9*R*1*1*0"
    (fact,) = hear("997", body).facts

    assert fact.text == "set 0001 code 5; N4 at 19 8 2:7"


def test_a_receipt_is_never_given_a_receipt(hear):
    assert hear("997", "AK1*SM*7\nAK2*204*0001\nAK5*A\nAK9*A*1*1*1").replies == ()
