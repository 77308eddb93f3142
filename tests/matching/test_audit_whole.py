"""An audit, whole: verdicts, sums, what is released, each comparison in its order, and the log.

Agreed: linehaul 1,000.00 and fuel 250.00 USD. TOL-A version 4 limits the bill and its lines.
"""

from datetime import date
from decimal import Decimal

import pytest

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.fuel import FuelRate
from drawbar.freight.money import Money, total
from drawbar.freight.party import CountsPer, Measure, Tolerance
from drawbar.freight.verdict import (
    Comparison,
    Evaluation,
    Judgement,
    Level,
    OpenCharge,
    Reason,
    Supposition,
)
from drawbar.matching.audit import Audit, audit

HAUL, FUEL, LUMPER = ChargeKind.LINEHAUL, ChargeKind.FUEL_SURCHARGE, ChargeKind.LUMPER
D = Decimal
TOL = Tolerance(policy_ref="TOL-A", version=4, line_under_percent=D(50), counts_per=CountsPer.BILL)


def usd(amount: str) -> Money:
    return Money(D(amount), "USD")


def agreed(kind: ChargeKind, amount: str, used: str = "0.00", tolerated="0.00") -> OpenCharge:
    charge = Charge(kind=kind, money=usd(amount))
    one = AgreedCharge(charge_ref=kind.value, charge=charge, why=Explanation(rule="test"))
    return OpenCharge(agreed=one, used=usd(used), tolerated=usd(tolerated))


AGREED = (agreed(HAUL, "1000.00"), agreed(FUEL, "250.00"))


def judged(*lines: tuple[ChargeKind, str], agreed=AGREED, tolerance=TOL, **said) -> Audit:
    billed = tuple(
        BillLine(number=number, kind=kind, money=usd(amount))
        for number, (kind, amount) in enumerate(lines, start=1)
    )
    bill = FreightBill(
        bill_ref="B-1",
        carrier_ref="ABCD",
        invoice_number="19267",
        billed_on=date(2026, 4, 10),
        currency="USD",
        references=(),
        lines=billed,
        total=total((line.money for line in billed), currency="USD"),
    )
    facts = {"short_pay_allowed": True} | said
    return audit(bill, agreed=agreed, tolerance=tolerance, **facts)


def weighed(level: Level, about: str, difference: str, base: str, **said) -> Comparison:
    percent, amount, under = said.pop("limits")
    return Comparison(
        level=level,
        about=about,
        is_under=under,
        difference=D(difference),
        base=D(base),
        limit_percent=D(percent),
        limit=None if amount is None else D(amount),
        measure=Measure.BOTH,
        percent_holds=True,
        amount_holds=None if amount is None else True,
        holds=True,
    )


def test_an_audit_tells_its_verdicts_their_sums_and_how_it_weighed_them():
    """Linehaul is 20.00 too much, fuel 60.00 too little, and a lumper was never agreed."""
    answer = judged((HAUL, "1020.00"), (FUEL, "190.00"), (LUMPER, "90.00"), scope="ABCD at Globex")

    assert [one.judgement for one in answer.lines] == [
        Judgement.PAYABLE,
        Judgement.PAYABLE,
        Judgement.STOPPED,
    ]
    assert (answer.payable, answer.disputed, answer.claimed) == (
        usd("1210.00"),
        usd("90.00"),
        usd("0.00"),
    )
    assert answer.released == {"fuel_surcharge": usd("60.00")}
    over, line, under = ("2", "25", False), ("5", None, False), ("50", None, True)
    assert answer.evaluation == Evaluation(
        policy_ref="TOL-A",
        version=4,
        scope="ABCD at Globex",
        comparisons=(
            weighed(Level.BILL, "", "20.00", "1250.00", limits=over),
            weighed(Level.LINE, "1", "20.00", "1000.00", limits=line),
            weighed(Level.LINE, "2", "0.00", "250.00", limits=line),
            weighed(Level.CHARGE, "fuel_surcharge", "60.00", "250.00", limits=under),
            weighed(Level.BILL, "", "60.00", "1250.00", limits=("10", "200", True)),
        ),
    )
    assert answer.log == (
        "TOL-A version 4 for ABCD at Globex: the bill may be at most 2 % and 25 USD over; "
        "it is 20.00 over 1,250.00 (1.6000 %) and passes",
        "TOL-A version 4 for ABCD at Globex: charge fuel_surcharge may be at most 50 % under; "
        "it is 60.00 under 250.00 (24.0000 %) and passes",
        "TOL-A version 4 for ABCD at Globex: the bill may be at most 10 % and 200 USD under; "
        "it is 60.00 under 1,250.00 (4.8000 %) and passes",
        "fuel_surcharge: 60.00 USD of it not billed, 60.00 USD not expected any more",
    )


def test_an_audit_claims_what_it_may_not_short_pay():
    answer = judged((HAUL, "1100.00"), (FUEL, "300.00"), short_pay_allowed=False)

    assert (answer.payable, answer.disputed, answer.claimed) == (
        usd("1400.00"),
        usd("0.00"),
        usd("150.00"),
    )


def test_where_the_bill_has_no_limit_its_lines_decide_alone():
    lines_only = Tolerance(
        bill_over_percent=None, bill_over=None, bill_under=None, bill_under_percent=None
    )

    answer = judged((HAUL, "1050.00"), (FUEL, "262.51"), tolerance=lines_only)

    assert [one.judgement for one in answer.lines] == [Judgement.PAYABLE, Judgement.SHORT_PAID]
    assert [one.level for one in answer.evaluation.comparisons] == [Level.LINE, Level.LINE]


@pytest.mark.parametrize(
    ("per", "fuel", "judgement"),
    [
        (CountsPer.SHIPMENT, "251.00", Judgement.PAYABLE),
        (CountsPer.SHIPMENT, "251.01", Judgement.SHORT_PAID),
        (CountsPer.BILL, "255.00", Judgement.PAYABLE),
        (CountsPer.BILL, "255.01", Judgement.SHORT_PAID),
    ],
    ids=["with 24.00 before 25.00", "first cent over", "2 % of the fuel", "first cent over it"],
)
def test_a_tolerance_that_an_earlier_bill_used_is_not_there_again(per, fuel, judgement):
    """24.00 over linehaul were let pass before, which counts where all bills share one rule."""
    before = (agreed(HAUL, "1000.00", "1024.00", "24.00"), agreed(FUEL, "250.00"))

    (line,) = judged((FUEL, fuel), agreed=before, tolerance=Tolerance(counts_per=per)).lines

    assert line.judgement is judgement


def test_a_reason_may_come_from_fuel_rows_events_or_a_rate_supposed():
    row = FuelRate(clause="F-0318", percent=D(30), valid_from=date(2026, 3, 18))
    late = {(LUMPER, 0): (Reason.LATE_ARRIVAL, "45 min late")}
    miles = Supposition(reason=Reason.MILES, money=usd("1100.00"), text="550 miles were billed")

    answer = judged(
        (HAUL, "1100.00"),
        (FUEL, "300.00"),
        (LUMPER, "90.00"),
        fuel=(row,),
        why_not=late,
        suppose=lambda line: (miles,) if line.kind is HAUL else (),
    )

    assert [one.reason for one in answer.lines] == [
        Reason.MILES,
        Reason.FUEL_WEEK,
        Reason.LATE_ARRIVAL,
    ]


def test_what_is_low_is_noted_only_where_it_was_billed_and_in_the_order_of_names():
    none = Tolerance(bill_under_percent=D(0))

    answer = judged((HAUL, "999.99"), tolerance=none)

    assert answer.log[-1] == "linehaul: 0.01 USD of it not billed, all still expected"
    assert answer.released == {}
    both = judged((HAUL, "990.00"), (FUEL, "240.00"))
    assert list(both.released) == ["fuel_surcharge", "linehaul"]
    assert [text.split(":")[0] for text in both.log[-2:]] == ["fuel_surcharge", "linehaul"]


def test_a_credit_back_on_a_charge_is_noted_as_final():
    paid = (agreed(HAUL, "1000.00", "1000.00"),)

    answer = judged((HAUL, "-0.50"), agreed=paid)

    assert answer.payable == usd("-0.50")
    assert answer.released == {"linehaul": usd("0.50")}
    assert answer.log[-1] == "linehaul: 0.50 USD of it not billed, 0.50 USD not expected any more"


def test_a_credit_that_nothing_explains_is_not_noted_as_unbilled():
    assert judged((LUMPER, "-90.00")).log == (
        "TOL-A version 4: the bill may be at most 2 % and 25 USD over; it is 0 over 0 and passes",
    )
