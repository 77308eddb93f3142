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

    assert fact.text == (
        "set 204 0001: one or more segments in error (5); "
        "segment 19 (N4) element 2: a code that is not known (7), found 'ZZ'"
    )


def test_a_receipt_is_never_given_a_receipt(hear):
    assert hear("997", "AK1*SM*7\nAK2*204*0001\nAK5*A\nAK9*A*1*1*1").replies == ()


def test_a_999_says_the_same_as_a_997(hear):
    body = "AK1*SM*7*005010\nAK2*204*0001\nIK3*N4*19**8\nIK4*2*156*7*ZZ\nIK5*R*5\nAK9*R*1*1*0"
    (fact,) = hear("999", body).facts

    assert (fact.group_type, fact.control, fact.accepted) == ("SM", "7", False)
    assert "segment 19 (N4) element 2: a code that is not known (7)" in fact.text


def test_a_group_of_another_type_is_another_group(hear):
    (fact,) = hear("997", "AK1*AG*7\nAK9*A*1*1*1").facts

    assert (fact.group_type, fact.system) == ("AG", "abcd")


def test_an_advice_refuses_a_group_of_ours_in_words(hear):
    body = """BGN*00*A1*20260310
    OTI*TR*SI*S-1001**ABCD*20260310*0930*7*0001*204
    TED*ZZZ*rate is not agreed*B3*2*4
    """
    (fact,) = hear("824", body).facts

    assert (fact.group_type, fact.control, fact.accepted) == ("SM", "7", False)
    assert "rate is not agreed" in fact.text


def test_an_advice_that_accepts_is_a_receipt_too(hear):
    body = "BGN*00*A1*20260310\nOTI*TA*SI*S-1001**ABCD*20260310*0930*7*0001*204"
    (fact,) = hear("824", body).facts

    assert fact.accepted


def test_a_refusal_that_names_no_group_is_for_a_person(hear):
    reading = hear("824", "BGN*00*A1*20260310\nOTI*TR*SI*S-1001\nTED*ZZZ*no such load")

    assert reading.facts == ()
    (problem,) = reading.problems
    assert "refused SI S-1001" in problem.text
    assert "no such load" in problem.text


def test_a_ta1_is_about_the_envelope(hear_bytes, wrap):
    body = wrap("997", "AK1*SM*7\nAK9*A*1*1*1")
    ta1 = b"TA1*000000501*260310*0930*R*006~GS*"
    group, envelope = hear_bytes(body.replace(b"GS*", ta1, 1)).facts

    assert (envelope.group_type, envelope.control) == ("interchange", "501")
    assert (envelope.accepted, envelope.text) == (False, "envelope: sender not known (006)")
    assert group.accepted


def test_an_advice_that_accepts_and_names_no_group_is_kept_and_asks_nobody(hear):
    reading = hear("824", "BGN*00*A1*20260310\nOTI*IA*SI*S-1001")

    assert [(one.group_type, one.accepted) for one in reading.facts] == [("advice", True)]
    assert reading.problems == ()
