"""What is paid of a tax: 19 % of what is paid. Agreed: linehaul 600.00, stop-off 400.00."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation, TaxBase
from drawbar.freight.freight_bill import BillLine, FreightBill
from drawbar.freight.money import Money, total
from drawbar.freight.party import Tolerance
from drawbar.freight.verdict import Judgement, OpenCharge, Reason
from drawbar.matching.audit import Audit, audit

K = ChargeKind
Agreed = dict[str, AgreedCharge]


def eur(amount: str | Decimal) -> Money:
    return Money(Decimal(amount), "EUR")


def charge(kind: K, amount: str | Decimal, *, ref: str = "", **more) -> AgreedCharge:
    return AgreedCharge(
        charge_ref=ref or kind.value,
        charge=Charge(kind=kind, money=eur(amount)),
        why=Explanation(rule=kind.value),
        **more,
    )


def vat(amount: str | Decimal, *on: str, percent="19", ref="tax:S", **more) -> AgreedCharge:
    by_line = more.pop("by_line", False)
    base = TaxBase(percent=Decimal(percent), charge_refs=on, by_line=by_line)
    return charge(K.TAX, amount, ref=ref, taxed=base, **more)


HAUL = charge(K.LINEHAUL, "600.00")
STOP_OFF = charge(K.STOP_OFF, "400.00")
LOAD = (HAUL, STOP_OFF, vat("190.00", "linehaul", "stop_off"))
WIDE = Tolerance(line_over_percent=Decimal(20), bill_over=Decimal(500), bill_over_percent=None)


class Books:
    """The bills of one load, one after the other, with what each has used."""

    def __init__(self, *agreed: AgreedCharge, tolerance: Tolerance | None = None) -> None:
        self.agreed = agreed
        self.used = {one.charge_ref: Decimal(0) for one in agreed}
        self.tolerated = dict(self.used)
        self.tolerance = tolerance or Tolerance()
        self.paid = {kind: Decimal(0) for kind in K}

    def bill(self, *lines: tuple[K, str | Decimal], short_pay: bool = True) -> Audit:
        found = audit(
            _bill(lines),
            agreed=tuple(self._open(one) for one in self.agreed),
            tolerance=self.tolerance,
            short_pay_allowed=short_pay,
        )
        for one in found.lines:
            self._book(one)
        return found

    def _open(self, one: AgreedCharge) -> OpenCharge:
        ref = one.charge_ref
        return OpenCharge(agreed=one, used=eur(self.used[ref]), tolerated=eur(self.tolerated[ref]))

    def _book(self, one) -> None:
        self.paid[one.line.kind] += one.payable.amount - (one.claimed or eur("0")).amount
        for ref, money in one.uses.items():
            self.used[ref] += money.amount
        if one.tolerated:
            self.tolerated[max(one.uses)] += one.tolerated.amount


def _bill(lines: Iterable[tuple[K, str | Decimal]]) -> FreightBill:
    billed = tuple(
        BillLine(number=place, kind=kind, money=eur(amount))
        for place, (kind, amount) in enumerate(lines, start=1)
    )
    return FreightBill(
        bill_ref="B-1",
        carrier_ref="ABCD",
        invoice_number="19267",
        billed_on=date(2026, 4, 10),
        currency="EUR",
        references=(),
        lines=billed,
        total=total((line.money for line in billed), currency="EUR"),
    )


def test_tax_on_what_is_not_billed_is_not_paid():
    found = Books(*LOAD).bill((K.LINEHAUL, "600.00"), (K.TAX, "190.00"))

    tax = found.lines[1]
    assert (tax.judgement, tax.reason) == (Judgement.SHORT_PAID, Reason.TAX)
    assert (tax.payable, tax.disputed) == (eur("114.00"), eur("76.00"))
    assert tax.text == (
        "tax: billed 190.00 EUR, agreed 114.00 EUR, 76.00 EUR too much:"
        " 19 % of 600.00 EUR, what is paid of linehaul, is 114.00 EUR."
    )
    assert found.released == {}


def test_all_is_paid_where_all_is_billed():
    found = Books(*LOAD).bill((K.TAX, "190.00"), (K.LINEHAUL, "600.00"), (K.STOP_OFF, "400.00"))

    assert found.payable == eur("1190.00")
    assert not found.disputed.amount


def test_a_tolerance_does_not_pay_tax_on_nothing():
    load = (charge(K.LINEHAUL, "1000.00"), charge(K.DETENTION, "40.00"))
    tax = vat("197.60", "linehaul", "detention")

    found = Books(*load, tax, tolerance=WIDE).bill((K.LINEHAUL, "1000.00"), (K.TAX, "197.60"))

    assert found.lines[1].payable == eur("190.00")


def test_tax_follows_what_a_tolerance_lets_pass_of_its_base():
    load = (charge(K.LINEHAUL, "1000.00"), vat("190.00", "linehaul"))

    found = Books(*load).bill((K.LINEHAUL, "1010.00"), (K.TAX, "191.90"))

    assert found.payable == eur("1201.90")
    assert found.lines[1].tolerated == eur("1.90")


def test_tax_falls_with_a_line_that_is_short_paid():
    load = (charge(K.LINEHAUL, "1000.00"), vat("190.00", "linehaul"))

    found = Books(*load).bill((K.LINEHAUL, "1200.00"), (K.TAX, "228.00"))

    assert [one.payable for one in found.lines] == [eur("1000.00"), eur("190.00")]


def test_tax_on_what_is_claimed_back_is_claimed_back():
    load = (charge(K.LINEHAUL, "1000.00"), vat("190.00", "linehaul"))

    found = Books(*load).bill((K.LINEHAUL, "1200.00"), (K.TAX, "228.00"), short_pay=False)

    assert [one.claimed for one in found.lines] == [eur("200.00"), eur("38.00")]


def test_the_rest_of_the_tax_is_paid_with_the_rest_of_its_base():
    books = Books(*LOAD)
    books.bill((K.LINEHAUL, "600.00"), (K.TAX, "114.00"))

    assert books.bill((K.STOP_OFF, "400.00"), (K.TAX, "76.00")).payable == eur("476.00")


def test_a_bill_of_tax_alone_is_paid_for_what_earlier_bills_were_paid():
    books = Books(*LOAD)
    books.bill((K.LINEHAUL, "600.00"))

    (tax,) = books.bill((K.TAX, "190.00")).lines

    assert (tax.payable, tax.disputed) == (eur("114.00"), eur("76.00"))


def test_tax_before_its_base_is_stopped_and_says_so():
    (tax,) = Books(*LOAD).bill((K.TAX, "190.00")).lines

    assert (tax.judgement, tax.reason) == (Judgement.STOPPED, Reason.TAX)
    assert "19 % of 0.00 EUR, since nothing under it is paid, is 0.00 EUR" in tax.text


def test_tax_that_was_billed_before_is_a_duplicate():
    books = Books(*LOAD)
    books.bill((K.LINEHAUL, "600.00"), (K.STOP_OFF, "400.00"), (K.TAX, "190.00"))

    assert books.bill((K.TAX, "190.00")).lines[0].reason is Reason.DUPLICATE


def test_a_credit_of_the_base_takes_its_tax_off_the_next_bill():
    books = Books(*LOAD)
    books.bill((K.LINEHAUL, "600.00"), (K.STOP_OFF, "400.00"), (K.TAX, "190.00"))
    books.bill((K.STOP_OFF, "-400.00"))

    (_, tax) = books.bill((K.STOP_OFF, "400.00"), (K.TAX, "76.00")).lines

    assert tax.payable == eur("0.00")


@pytest.mark.parametrize(
    ("by_line", "paid"), [(False, "0.01"), (True, "0.02")], ids=["on the total", "line by line"]
)
def test_rounds_as_the_clause_says(by_line, paid):
    load = (charge(K.LINEHAUL, "0.03"), charge(K.STOP_OFF, "0.03"))
    tax = vat("0.02", "linehaul", "stop_off", by_line=by_line)

    found = Books(*load, tax).bill((K.LINEHAUL, "0.03"), (K.STOP_OFF, "0.03"), (K.TAX, "0.02"))

    assert found.lines[2].payable == eur(paid)


def test_each_rate_of_tax_is_held_to_its_own_base():
    load = (HAUL, STOP_OFF, vat("114.00", "linehaul"))
    low = vat("28.00", "stop_off", percent="7", ref="tax:S:7")

    found = Books(*load, low).bill((K.LINEHAUL, "120.00"), (K.TAX, "22.80"))

    assert found.payable == eur("142.80")


def test_a_tax_of_which_nobody_kept_the_base_is_paid_as_agreed():
    found = Books(HAUL, charge(K.TAX, "190.00")).bill((K.LINEHAUL, "1.00"), (K.TAX, "190.00"))

    assert found.payable == eur("191.00")


def test_a_provisional_tax_waits():
    load = (HAUL, vat("114.00", "linehaul", provisional=True))

    assert Books(*load).bill((K.TAX, "114.00")).lines[0].reason is Reason.PROVISIONAL


CENTS = st.decimals("0.01", "700", places=2)
LINES = st.lists(
    st.tuples(st.sampled_from([K.LINEHAUL, K.STOP_OFF, K.TAX]), CENTS), min_size=1, max_size=4
)


@settings(max_examples=60)
@given(st.lists(LINES, max_size=4), st.booleans(), st.booleans(), st.sampled_from([WIDE, None]))
def test_never_pays_more_tax_than_its_percent_of_what_is_paid(bills, by_line, short_pay, policy):
    tax = vat("190.00", "linehaul", "stop_off", by_line=by_line)
    books = Books(HAUL, STOP_OFF, tax, tolerance=policy)

    for lines in bills:
        books.bill(*lines, short_pay=short_pay)

    bases = [books.paid[K.LINEHAUL], books.paid[K.STOP_OFF]]
    parts = bases if by_line else [sum(bases)]
    most = sum((part * 19 / 100).quantize(Decimal("0.01"), ROUND_HALF_UP) for part in parts)
    assert books.paid[K.TAX] <= most


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_change_what_is_paid(lines, chance):
    turned = list(lines)
    chance.shuffle(turned)

    assert Books(*LOAD).bill(*turned).payable == Books(*LOAD).bill(*lines).payable
