"""Which voucher is for which bill. Unless said: ABCD bills 1000.00, all of it payable."""

from decimal import Decimal

from drawbar.world.score import Score
from tests.world.score.town import Town, day


def leaked_and_held(score: Score) -> tuple[str, str]:
    return str(score.audit.missed_overcharge_usd), str(score.audit.held_wrongly_usd)


def wrongs(score: Score) -> list[str]:
    return [one.rule for one in score.false_approvals]


def test_a_duplicate_under_the_same_number_takes_no_voucher_from_the_original(town: Town):
    town.whole("SO-1")
    town.bill("SO-1", payable="0.00", kind="duplicate_same_number", at=day(3))
    town.voucher("SO-1", at=day(3.5))

    score = town.score()

    assert (leaked_and_held(score), wrongs(score)) == (("0.00", "0.00"), [])


def test_a_short_paid_original_is_not_taken_for_its_duplicate(town: Town):
    town.whole("SO-1")
    town.bill("SO-1", payable="0.00", kind="duplicate_same_number", at=day(2.005))
    town.voucher("SO-1", "400.00")

    assert leaked_and_held(town.score()) == ("0.00", "600.00")


def test_a_duplicate_that_was_paid_too_is_its_own_kind_of_mistake(town: Town):
    town.whole("SO-1")
    town.bill("SO-1", payable="0.00", kind="duplicate_same_number", at=day(3))
    town.voucher("SO-1")
    town.voucher("SO-1", at=day(3.5), ours="B-again")

    score = town.score()

    assert (leaked_and_held(score), wrongs(score)) == (
        ("1000.00", "0.00"),
        ["duplicate_same_number"],
    )


def test_one_number_on_many_loads_is_many_bills(town: Town):
    for order, amount in (("SO-1", "1500.00"), ("SO-2", "1550.00"), ("SO-3", "1600.00")):
        town.whole(order, billed=amount, number="19267")
        town.voucher(order, amount, number="19267")

    score = town.score()

    assert (score.audit.reconciled_pct, score.doubled) == (100.0, ())


def test_another_carrier_with_the_same_number_is_another_bill(town: Town):
    town.whole("SO-1", number="7")
    town.whole("SO-2", number="7", carrier="NRTH")
    town.voucher("SO-2", number="7", party="NRTH")

    kind = town.score().kinds[0]

    assert (kind.paid_in_full, kind.held) == (1, Decimal("1000.00"))


def test_revisions_of_a_voucher_add_up(town: Town):
    town.whole("SO-1")
    town.voucher("SO-1", "900.00")
    town.voucher("SO-1", "100.00", at=day(4), revision=2)

    score = town.score()

    assert (score.audit.reconciled_pct, score.doubled) == (100.0, ())


def test_a_credit_takes_off_what_was_vouchered(town: Town):
    town.whole("SO-1", payable="900.00")
    town.voucher("SO-1", "1000.00")
    town.credit("SO-1", "100.00", at=day(4))

    score = town.score()

    assert (leaked_and_held(score), score.audit.reconciled_pct) == (("0.00", "0.00"), 100.0)


def test_a_bill_below_zero_is_matched_by_its_credit_alone(town: Town):
    town.whole("SO-1", number="N-SO-1")
    town.bill("SO-1", "-1000.00", nature="innocent", kind="rebill_after_credit", number="C-1")
    town.bill("SO-1", nature="innocent", kind="rebill_after_credit", number="R-1")
    town.voucher("SO-1")
    town.credit("SO-1", "1000.00", ours="B-credit", number="C-1")
    town.voucher("SO-1", ours="B-rebill", number="R-1")

    score = town.score()

    assert (score.audit.reconciled_pct, score.doubled) == (100.0, ())


def test_a_cancelled_document_and_a_draft_count_nothing(town: Town):
    town.whole("SO-1")
    town.documents.cancel(town.voucher("SO-1").id)

    assert leaked_and_held(town.score()) == ("0.00", "1000.00")


def test_a_voucher_for_a_bill_that_nobody_sent_is_approved_falsely(town: Town):
    town.whole("SO-1")
    town.voucher("SO-1")
    town.voucher("SO-1", "70.00", ours="B-ghost", number="GHOST")

    score = town.score()

    assert (leaked_and_held(score), wrongs(score)) == (("70.00", "0.00"), ["no_such_bill"])


def test_a_voucher_in_another_currency_is_for_no_such_bill(town: Town):
    town.whole("SO-1", payable="0.00", currency="CAD", kind="wrong_currency")
    town.voucher("SO-1")

    assert wrongs(town.score()) == ["no_such_bill"]


def test_a_bill_paid_for_another_load_is_approved_falsely_though_the_amount_is_right(town: Town):
    town.whole("SO-1")
    town.order("SO-2")
    town.load("SO-2")
    town.voucher("SO-2", number="N-SO-1")

    score = town.score()

    assert (wrongs(score), leaked_and_held(score)) == (["clean"], ("0.00", "0.00"))
    assert "for S-SO-2, not for SO-1" in score.false_approvals[0].text
    assert (score.audit.touchless_pct, score.audit.reconciled_pct) == (0.0, 0.0)


def test_currencies_are_never_added(town: Town):
    town.whole("SO-1")
    town.whole("SO-2", currency="CAD")
    town.voucher("SO-1", "1100.00")
    town.voucher("SO-2", "1100.00", currency="CAD")

    score = town.score()

    assert str(score.audit.missed_overcharge_usd) == "100.00"
    assert [(one.currency, str(one.leaked)) for one in score.kinds] == [
        ("CAD", "100.00"),
        ("USD", "100.00"),
    ]


def test_a_voucher_is_not_for_a_bill_that_was_sent_later(town: Town):
    town.whole("SO-1", kind="first")
    town.bill("SO-1", "500.00", kind="second", at=day(20))
    town.voucher("SO-1", "400.00", at=day(3))

    first, second = town.score(day(21)).kinds

    assert [str(one.vouchered) for one in (first, second)] == ["400.00", "0.00"]


def test_a_journal_that_pays_nothing_is_no_approval(town: Town):
    town.credit("SO-1", "5.00", number="GHOST")

    score = town.score()

    assert (wrongs(score), leaked_and_held(score)) == ([], ("0.00", "0.00"))
