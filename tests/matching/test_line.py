"""The verdict on one line, whole: what is paid, on which charge, why, and every step to it."""

from decimal import Decimal

import pytest

from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, Sense
from drawbar.freight.money import Money
from drawbar.freight.party import Tolerance
from drawbar.freight.verdict import Judgement, LineVerdict, Reason
from drawbar.matching.draw import Accepted, Drawn, Foreign, Pending, Unagreed, Unread, UsedUp
from drawbar.matching.line import Terms, judge_line
from drawbar.matching.reason import Priced, no_supposition

HAUL, DETENTION = ChargeKind.LINEHAUL, ChargeKind.DETENTION


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def line(amount: str, kind: ChargeKind = HAUL, stop=0, currency="USD") -> BillLine:
    return BillLine(number=3, kind=kind, money=Money(Decimal(amount), currency), stop=stop)


def drawn(billed: BillLine, excess: str, base: str, **uses: str) -> Drawn:
    drawn_on = {ref: Decimal(part) for ref, part in uses.items()}
    return Drawn(billed, drawn_on, Decimal(excess), Decimal(base))


def terms(*, bill_passes=True, short_pay=True, why_not=None, tolerance=None) -> Terms:
    return Terms(
        priced=Priced(lines=(), agreed=(), suppose=no_supposition),
        tolerance=tolerance or Tolerance(),
        bill_passes=bill_passes,
        short_pay_allowed=short_pay,
        why_not=why_not or {},
    )


def test_a_line_as_agreed_is_paid():
    billed = line("1650.00")

    assert judge_line(drawn(billed, "0.00", "1650.00", linehaul="1650.00"), terms()) == LineVerdict(
        line=billed,
        judgement=Judgement.PAYABLE,
        payable=usd("1650.00"),
        disputed=usd("0.00"),
        uses={"linehaul": usd("1650.00")},
        text="linehaul: 1,650.00 USD, as agreed.",
        log=(
            "line 3 bills 1,650.00 USD for linehaul",
            "draws on linehaul 1,650.00 USD",
            "line tolerance: line 3 may be at most 5 % over; it is 0.00 over 1,650.00 and passes",
            "bill tolerance passes",
            "pay 1,650.00 USD as billed",
        ),
    )


def test_what_is_within_tolerance_is_paid_on_the_last_charge_by_name():
    billed = line("227.00", DETENTION, stop=2)
    on = {"detention_1": "75.00", "detention_2": "150.00"}

    assert judge_line(drawn(billed, "2.00", "225.00", **on), terms()) == LineVerdict(
        line=billed,
        judgement=Judgement.PAYABLE,
        payable=usd("227.00"),
        disputed=usd("0.00"),
        tolerated=usd("2.00"),
        uses={"detention_1": usd("75.00"), "detention_2": usd("152.00")},
        text="detention at stop 2: 227.00 USD, 2.00 USD above what was agreed, within tolerance.",
        log=(
            "line 3 bills 227.00 USD for detention at stop 2",
            "draws on detention_1 75.00 USD, detention_2 150.00 USD",
            "line tolerance: line 3 may be at most 5 % over; "
            "it is 2.00 over 225.00 (0.8889 %) and passes",
            "bill tolerance passes",
            "pay 227.00 USD as billed",
        ),
    )


def test_what_the_bill_bills_too_much_is_disputed_line_by_line():
    billed = line("1675.00")
    found = drawn(billed, "25.00", "1650.00", linehaul="1650.00")

    assert judge_line(found, terms(bill_passes=False)) == LineVerdict(
        line=billed,
        judgement=Judgement.SHORT_PAID,
        payable=usd("1650.00"),
        disputed=usd("25.00"),
        reason=Reason.RATE,
        uses={"linehaul": usd("1650.00")},
        text="linehaul: billed 1,675.00 USD, agreed 1,650.00 USD, 25.00 USD too much.",
        remedy="Send the rate agreement that grants this amount, or a corrected bill.",
        log=(
            "line 3 bills 1,675.00 USD for linehaul",
            "draws on linehaul 1,650.00 USD",
            "line tolerance: line 3 may be at most 5 % over; "
            "it is 25.00 over 1,650.00 (1.5152 %) and passes",
            "bill tolerance fails",
            "reason RATE: no other figure fits",
            "pay 1,650.00 USD, dispute 25.00 USD",
        ),
    )


def test_where_short_pay_is_forbidden_the_excess_is_paid_and_claimed_back():
    billed = line("1800.00")
    found = drawn(billed, "150.00", "1650.00", linehaul="1650.00")

    assert judge_line(found, terms(short_pay=False)) == LineVerdict(
        line=billed,
        judgement=Judgement.CLAIMED,
        payable=usd("1800.00"),
        disputed=usd("0.00"),
        claimed=usd("150.00"),
        reason=Reason.RATE,
        uses={"linehaul": usd("1800.00")},
        text="linehaul: billed 1,800.00 USD, agreed 1,650.00 USD, 150.00 USD too much.",
        remedy="Send the rate agreement that grants this amount, or a corrected bill.",
        log=(
            "line 3 bills 1,800.00 USD for linehaul",
            "draws on linehaul 1,650.00 USD",
            "line tolerance: line 3 may be at most 5 % over; "
            "it is 150.00 over 1,650.00 (9.0909 %) and fails",
            "bill tolerance passes",
            "reason RATE: no other figure fits",
            "pay 1,800.00 USD, claim back 150.00 USD, short pay is not allowed",
        ),
    )


def test_beyond_a_credit_of_the_bill_nothing_is_tolerated_or_paid_to_be_claimed():
    billed = line("50.00", DETENTION, stop=1)
    why = {(DETENTION, 1): (Reason.LATE_ARRIVAL, "45 min late")}

    assert judge_line(
        drawn(billed, "0.50", "0.00"), terms(short_pay=False, why_not=why)
    ) == LineVerdict(
        line=billed,
        judgement=Judgement.SHORT_PAID,
        payable=usd("49.50"),
        disputed=usd("0.50"),
        reason=Reason.LATE_ARRIVAL,
        text="detention at stop 1: billed 50.00 USD, agreed 49.50 USD, 0.50 USD too much:"
        " 45 min late.",
        remedy="Send proof of an arrival within the grace, or of a moved appointment.",
        log=(
            "line 3 bills 50.00 USD for detention at stop 1",
            "draws on a credit of this bill",
            "line tolerance: line 3 may be at most 5 % over; it is 0.50 over 0.00 and fails",
            "bill tolerance passes",
            "reason LATE_ARRIVAL: 45 min late",
            "pay 49.50 USD, dispute 0.50 USD",
        ),
    )


def test_a_whole_credit_pays_for_a_line_on_no_charge():
    answer = judge_line(drawn(line("50.00"), "0.00", "0.00"), terms())

    assert (answer.judgement, answer.uses, answer.log[1]) == (
        Judgement.PAYABLE,
        {},
        "draws on a credit of this bill",
    )


def test_a_credit_is_taken_as_billed():
    billed = line("-50.00")

    assert judge_line(Accepted(billed, {"linehaul": Decimal("-50.00")}), terms()) == LineVerdict(
        line=billed,
        judgement=Judgement.PAYABLE,
        payable=usd("-50.00"),
        disputed=usd("0.00"),
        uses={"linehaul": usd("-50.00")},
        text="linehaul: -50.00 USD, a credit, taken as billed.",
        log=("line 3 bills -50.00 USD for linehaul", "a credit, taken as billed"),
    )


def test_a_line_about_nothing_pays_nothing():
    billed = line("0.00", ChargeKind.FUEL_SURCHARGE)

    assert judge_line(Accepted(billed, {}), terms()) == LineVerdict(
        line=billed,
        judgement=Judgement.PAYABLE,
        payable=usd("0.00"),
        disputed=usd("0.00"),
        text="fuel surcharge: 0.00 USD, nothing to pay.",
        log=("line 3 bills 0.00 USD for fuel surcharge", "nothing to pay"),
    )


BILLED = line("75.00", DETENTION, stop=2)


@pytest.mark.parametrize(
    ("found", "reason", "why", "remedy"),
    [
        (
            UsedUp(BILLED, ("detention:1", "", "detention:2")),
            Reason.DUPLICATE,
            "detention:1, detention:2 was agreed, and is used up already",
            "Nothing, if this was billed before; else say what it is for.",
        ),
        (
            UsedUp(BILLED, ("",)),
            Reason.DUPLICATE,
            "detention was agreed, and is used up already",
            "Nothing, if this was billed before; else say what it is for.",
        ),
        (
            Pending(BILLED, ("detention:1", "detention:2")),
            Reason.PROVISIONAL,
            "what we agreed for detention:1, detention:2 is provisional",
            "Nothing: it is judged again once the missing rate is known.",
        ),
        (
            Foreign(BILLED, ("CAD", "MXN")),
            Reason.CURRENCY,
            "billed in USD instead of CAD, MXN",
            "Bill in the currency of the contract.",
        ),
        (
            Unagreed(BILLED),
            Reason.NO_EVENT,
            "nothing was agreed for it",
            "Send the arrival and departure times, with a signed in and out.",
        ),
    ],
    ids=["used up", "a credit used up", "provisional", "another currency", "never agreed"],
)
def test_a_line_that_is_stopped_says_why_and_what_would_mend_it(found, reason, why, remedy):
    assert judge_line(found, terms()) == LineVerdict(
        line=BILLED,
        judgement=Judgement.STOPPED,
        payable=usd("0.00"),
        disputed=usd("75.00"),
        reason=reason,
        text=f"detention at stop 2: 75.00 USD is not paid: {why}.",
        remedy=remedy,
        log=(
            "line 3 bills 75.00 USD for detention at stop 2",
            f"reason {reason.value}: {why}",
            "dispute 75.00 USD",
        ),
    )


def test_a_line_in_another_currency_is_stopped_in_its_own():
    answer = judge_line(Foreign(line("75.00", currency="CAD"), ("USD",)), terms())

    assert (answer.payable, answer.disputed) == (
        Money(Decimal("0.00"), "CAD"),
        Money(Decimal("75.00"), "CAD"),
    )


def test_a_line_without_a_limit_of_its_own_is_not_asked():
    whole = Tolerance(line_over_percent=None)

    answer = judge_line(
        drawn(line("1670.00"), "20.00", "1650.00", linehaul="1650.00"), terms(tolerance=whole)
    )

    assert answer.log[2] == "line tolerance is not asked"
    assert answer.tolerated == usd("20.00")


def test_a_limit_of_a_line_in_money_is_told_in_the_currency_of_the_line():
    amount = Tolerance(line_over_percent=None, line_over=Decimal("10.00"))

    answer = judge_line(
        drawn(line("1670.00", currency="CAD"), "20.00", "1650.00", linehaul="1650.00"),
        terms(tolerance=amount),
    )

    assert answer.log[2] == (
        "line tolerance: line 3 may be at most 10.00 CAD over; it is 20.00 over 1,650.00 and fails"
    )


def test_the_excess_over_half_a_dollar_is_claimed_back_like_any():
    answer = judge_line(
        drawn(line("0.75"), "0.25", "0.50", linehaul="0.50"), terms(short_pay=False)
    )

    assert (answer.judgement, answer.claimed) == (Judgement.CLAIMED, usd("0.25"))


@pytest.mark.parametrize(
    ("sense", "said", "reason", "why", "remedy"),
    [
        (
            Sense.UNKNOWN, "", Reason.UNKNOWN_CODE,
            "the code 'ZZZ' has no meaning here yet",
            "Nothing: it is judged by itself once somebody said what the code means.",
        ),
        (
            Sense.NOT_AGREED, "", Reason.NOT_AUTHORISED,
            "a charge 'ZZZ' is not agreed",
            "Send the written approval, and the receipt where there is one.",
        ),
        (
            Sense.NOT_AGREED, "no clause names it", Reason.NOT_AUTHORISED,
            "a charge 'ZZZ' is not agreed: no clause names it",
            "Send the written approval, and the receipt where there is one.",
        ),
    ],
    ids=["nobody knows it", "not agreed", "not agreed and why"],
)  # fmt: skip
def test_a_line_of_a_code_that_is_not_understood_is_stopped_by_its_code(
    sense, said, reason, why, remedy
):
    billed = BillLine(
        number=3,
        kind=ChargeKind.OTHER,
        money=usd("75.00"),
        stop=2,
        code="ZZZ",
        sense=sense,
        said=said,
    )

    assert judge_line(Unread(billed), terms()) == LineVerdict(
        line=billed,
        judgement=Judgement.STOPPED,
        payable=usd("0.00"),
        disputed=usd("75.00"),
        reason=reason,
        text=f"charge 'ZZZ': 75.00 USD is not paid: {why}.",
        remedy=remedy,
        log=(
            "line 3 bills 75.00 USD for charge 'ZZZ'",
            f"reason {reason.value}: {why}",
            "dispute 75.00 USD",
        ),
    )
