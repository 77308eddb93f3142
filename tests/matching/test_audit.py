"""What we pay of a bill. Agreed unless said (REF): 1,650.00 + fuel 412.50 + detention 168.75 USD.

Tolerance TOL-A: bill over 2 % and 25.00, under 10 % and 200.00, line over 5 %.
"""

from datetime import date
from decimal import Decimal

import pytest

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.money import Money, total
from drawbar.freight.party import Tolerance
from drawbar.freight.verdict import Judgement, OpenCharge, Reason
from drawbar.matching.audit import Audit, audit

Kind = ChargeKind


def usd(amount: str | Decimal, currency="USD") -> Money:
    return Money(Decimal(amount), currency)


def agreed(kind: Kind, amount: str, stop=0, used="0.00", **changes) -> OpenCharge:
    ref = changes.pop("ref", f"{kind.value}:{stop}" if stop else kind.value)
    currency = changes.pop("currency", "USD")
    charge = Charge(kind=kind, money=usd(amount, currency), stop=stop)
    why = Explanation(rule=kind.value)
    one = AgreedCharge(charge_ref=ref, charge=charge, why=why, **changes)
    return OpenCharge(agreed=one, used=usd(used, currency))


def bill(*lines: tuple, currency="USD") -> FreightBill:
    billed = tuple(
        BillLine(number=place, kind=kind, money=usd(amount, currency), stop=(*stop, 0)[0])
        for place, (kind, amount, *stop) in enumerate(lines, start=1)
    )
    return FreightBill(
        bill_ref="B-1",
        carrier_ref="ABCD",
        invoice_number="19267",
        billed_on=date(2026, 4, 10),
        currency=currency,
        references=(),
        lines=billed,
        total=total((line.money for line in billed), currency=currency),
    )


LINEHAUL = agreed(Kind.LINEHAUL, "1650.00")
FUEL = agreed(Kind.FUEL_SURCHARGE, "412.50")
DETENTION = agreed(Kind.DETENTION, "168.75", 2)
REF = (LINEHAUL, FUEL, DETENTION)
FULL = ((Kind.LINEHAUL, "1650.00"), (Kind.FUEL_SURCHARGE, "412.50"), (Kind.DETENTION, "168.75"))


def judged(*lines: tuple, agreed=REF, short_pay=True, **more) -> Audit:
    return audit(
        bill(*lines), agreed=agreed, tolerance=Tolerance(), short_pay_allowed=short_pay, **more
    )


def said(answer: Audit) -> list[tuple[Judgement, str, Reason | None]]:
    return [(one.judgement, str(one.payable.amount), one.reason) for one in answer.lines]


def test_pays_a_clean_bill_to_the_cent():
    answer = judged(*FULL)

    assert answer.payable == usd("2231.25")
    assert answer.disputed == usd(0)
    assert [one.judgement for one in answer.lines] == [Judgement.PAYABLE] * 3
    assert answer.released == {}


def test_m13_pays_what_is_agreed_and_disputes_the_rest():
    s3 = judged((Kind.LINEHAUL, "1600.00"), agreed=(agreed(Kind.LINEHAUL, "1475.00"),))

    assert (s3.payable, s3.disputed) == (usd("1475.00"), usd("125.00"))
    (line,) = s3.lines
    assert (line.judgement, line.reason) == (Judgement.SHORT_PAID, Reason.RATE)
    assert line.uses == {"linehaul": usd("1475.00")}
    assert line.text == ("linehaul: billed 1,600.00 USD, agreed 1,475.00 USD, 125.00 USD too much.")
    assert line.remedy == "Send the rate agreement that grants this amount, or a corrected bill."


def test_m13_pays_the_whole_document_short_of_the_one_excess():
    expected = {"S1": "1500.00", "S2": "1550.00", "S3": "1475.00"}
    billed = {"S1": "1500.00", "S2": "1550.00", "S3": "1600.00"}
    answers = [
        judged((Kind.LINEHAUL, billed[ref]), agreed=(agreed(Kind.LINEHAUL, expected[ref]),))
        for ref in expected
    ]

    assert total((one.payable for one in answers), currency="USD") == usd("4525.00")
    assert total((one.disputed for one in answers), currency="USD") == usd("125.00")


def test_r17_a_late_arrival_denies_the_detention():
    late = {(Kind.DETENTION, 2): (Reason.LATE_ARRIVAL, "arrived 45 min after the appointment")}

    answer = judged(*FULL, agreed=(LINEHAUL, FUEL), why_not=late)

    assert answer.payable == usd("2062.50")
    assert said(answer)[2] == (Judgement.STOPPED, "0.00", Reason.LATE_ARRIVAL)
    assert "arrived 45 min after the appointment" in answer.lines[2].text


def test_one_stopped_line_does_not_hold_the_others():
    answer = judged(*FULL, (Kind.LUMPER, "90.00"))

    assert answer.payable == usd("2231.25")
    assert said(answer)[3] == (Judgement.STOPPED, "0.00", Reason.NOT_AUTHORISED)
    assert answer.lines[3].disputed == usd("90.00")


def test_a_line_with_nothing_agreed_stops_however_small():
    assert said(judged((Kind.LUMPER, "0.01"))) == [
        (Judgement.STOPPED, "0.00", Reason.NOT_AUTHORISED)
    ]


def test_the_same_line_twice_is_paid_once():
    answer = judged(FULL[0], FULL[0])

    assert said(answer) == [
        (Judgement.PAYABLE, "1650.00", None),
        (Judgement.STOPPED, "0.00", Reason.DUPLICATE),
    ]
    assert "linehaul was agreed, and is used up already" in answer.lines[1].text


def test_a_sum_of_two_stops_within_tolerance_is_paid_on_both():
    stops = (agreed(Kind.DETENTION, "75.00", 1), agreed(Kind.DETENTION, "150.00", 2))

    answer = judged((Kind.DETENTION, "227.00"), (Kind.DETENTION, "9.00"), agreed=stops)

    assert answer.payable == usd("227.00")
    assert answer.lines[0].uses == {"detention:1": usd("75.00"), "detention:2": usd("152.00")}
    assert "detention:1, detention:2 was agreed, and is used up" in answer.lines[1].text


def test_what_an_earlier_bill_used_is_not_paid_again():
    used = (agreed(Kind.LINEHAUL, "1650.00", used="1650.00"),)

    assert said(judged(FULL[0], agreed=used)) == [(Judgement.STOPPED, "0.00", Reason.DUPLICATE)]


def test_a_corrected_bill_pays_the_difference():
    used = (agreed(Kind.LINEHAUL, "1650.00", used="1600.00"),)
    answer = judged((Kind.LINEHAUL, "50.00"), agreed=used)

    assert (answer.payable, answer.disputed) == (usd("50.00"), usd(0))


def test_one_charge_billed_in_two_lines_is_one_charge():
    answer = judged((Kind.LINEHAUL, "660.00"), (Kind.LINEHAUL, "990.00"))

    assert answer.payable == usd("1650.00")
    assert [one.uses for one in answer.lines] == [
        {"linehaul": usd("660.00")},
        {"linehaul": usd("990.00")},
    ]


def test_two_lines_of_one_charge_never_come_to_more_than_it():
    answer = judged((Kind.LINEHAUL, "1000.00"), (Kind.LINEHAUL, "900.00"))

    assert (answer.payable, answer.disputed) == (usd("1650.00"), usd("250.00"))


def test_two_detentions_are_paid_in_whatever_order_they_are_listed():
    stops = (agreed(Kind.DETENTION, "75.00", 1), agreed(Kind.DETENTION, "150.00", 2))

    answer = judged((Kind.DETENTION, "150.00"), (Kind.DETENTION, "75.00"), agreed=stops)

    assert [one.uses for one in answer.lines] == [
        {"detention:2": usd("150.00")},
        {"detention:1": usd("75.00")},
    ]


def test_a_doubled_detention_is_not_hidden_by_a_low_linehaul():
    answer = judged((Kind.LINEHAUL, "1481.25"), FULL[1], (Kind.DETENTION, "337.50"))

    assert answer.payable == usd("2062.50")
    assert answer.lines[2].disputed == usd("168.75")


def test_a_low_bill_is_paid_as_billed_and_the_rest_not_expected():
    answer = judged((Kind.LINEHAUL, "1600.00"), *FULL[1:])

    assert answer.payable == usd("2181.25")
    assert answer.released == {"linehaul": usd("50.00")}
    assert answer.log[-1] == "linehaul: 50.00 USD of it not billed, 50.00 USD not expected any more"


def test_a_first_part_is_paid_and_the_rest_stays_expected():
    answer = judged((Kind.LINEHAUL, "990.00"))

    assert answer.payable == usd("990.00")
    assert answer.released == {}
    assert answer.log[-1] == "linehaul: 660.00 USD of it not billed, all still expected"


def test_the_last_cent_that_was_not_billed_is_noted():
    assert "linehaul: 0.01 USD of it not billed" in judged((Kind.LINEHAUL, "1649.99")).log[-1]
    assert len(judged((Kind.LINEHAUL, "1650.00")).log) == 1


def test_what_was_not_billed_at_all_stays_expected():
    assert judged(FULL[0], FULL[1]).released == {}


def test_a_provisional_charge_is_not_approved():
    provisional = agreed(Kind.FUEL_SURCHARGE, "412.50", provisional=True)

    answer = judged(FULL[0], FULL[1], agreed=(LINEHAUL, provisional))

    assert said(answer)[1] == (Judgement.STOPPED, "0.00", Reason.PROVISIONAL)
    assert answer.lines[1].uses == {}
    assert answer.payable == usd("1650.00")


def test_another_currency_than_agreed_stops():
    pesos = agreed(Kind.LINEHAUL, "1650.00", currency="MXN")

    answer = judged(FULL[0], agreed=(pesos,))

    assert said(answer) == [(Judgement.STOPPED, "0.00", Reason.CURRENCY)]
    assert (
        answer.lines[0].text == "linehaul: 1,650.00 USD is not paid: billed in USD instead of MXN."
    )


def test_a_line_in_another_currency_than_its_bill_stops():
    mixed = bill(FULL[0], (Kind.FUEL_SURCHARGE, "412.50"), currency="CAD")

    answer = audit(
        FreightBill(**{name: getattr(mixed, name) for name in mixed.__struct_fields__}
                    | {"currency": "USD"}),
        agreed=REF, tolerance=Tolerance(), short_pay_allowed=False,
    )  # fmt: skip

    assert [one.reason for one in answer.lines] == [Reason.CURRENCY] * 2
    assert (answer.payable, answer.disputed) == (usd(0), usd(0))
    assert answer.lines[0].disputed == usd("1650.00", "CAD")


def test_where_short_pay_is_forbidden_the_excess_is_paid_and_claimed():
    answer = judged((Kind.LINEHAUL, "1800.00"), *FULL[1:], short_pay=False)

    assert (answer.payable, answer.disputed) == (usd("2381.25"), usd(0))
    assert answer.claimed == usd("150.00")
    line = answer.lines[0]
    assert (line.judgement, line.claimed) == (Judgement.CLAIMED, usd("150.00"))
    assert line.uses == {"linehaul": usd("1800.00")}
    assert line.log[-1] == "pay 1,800.00 USD, claim back 150.00 USD, short pay is not allowed"


def test_where_short_pay_is_forbidden_nothing_is_paid_twice_or_without_agreement():
    answer = judged(FULL[0], FULL[0], (Kind.LUMPER, "90.00"), short_pay=False)

    assert answer.payable == usd("1650.00")
    assert answer.claimed == usd(0)


def test_a_line_about_nothing_is_no_work_for_anybody():
    answer = judged((Kind.OTHER, "0.00"))

    assert said(answer) == [(Judgement.PAYABLE, "0.00", None)]
    assert answer.lines[0].uses == {}


def test_the_steps_of_the_evaluation_are_kept_in_order():
    answer = judged((Kind.LINEHAUL, "1674.00"), (Kind.FUEL_SURCHARGE, "462.50"))

    assert answer.log[0] == (
        "tolerance version 1: the bill may be at most 2 % and 25 USD over; "
        "it is 74.00 over 2,062.50 (3.5879 %) and fails"
    )
    assert answer.lines[0].log == (
        "line 1 bills 1,674.00 USD for linehaul",
        "draws on linehaul 1,650.00 USD",
        "line tolerance: line 1 may be at most 5 % over; "
        "it is 24.00 over 1,650.00 (1.4545 %) and passes",
        "bill tolerance fails",
        "reason RATE: no other figure fits",
        "pay 1,650.00 USD, dispute 24.00 USD",
    )


def test_what_is_paid_within_tolerance_says_so():
    (line,) = judged((Kind.LINEHAUL, "1674.00")).lines

    assert line.text == (
        "linehaul: 1,674.00 USD, 24.00 USD above what was agreed, within tolerance."
    )
    assert line.uses == {"linehaul": usd("1674.00")}
    assert line.log[-1] == "pay 1,674.00 USD as billed"


@pytest.mark.parametrize("kind", [Kind.LINEHAUL, Kind.FUEL_SURCHARGE, Kind.DETENTION])
def test_a_bill_without_anything_agreed_pays_nothing(kind):
    answer = judged((kind, "100.00"), agreed=())

    assert answer.payable == usd(0)
    assert answer.lines[0].reason in {Reason.RATE, Reason.NO_EVENT}
