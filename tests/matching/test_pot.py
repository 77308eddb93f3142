"""What is left of agreed charges, and where credits go. Detention of 100.00 USD, unless said."""

from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.freight_bill import BillLine
from drawbar.freight.money import Money
from drawbar.freight.verdict import OpenCharge
from drawbar.matching.pot import Pot, give_back, pots_of

DETENTION, LUMPER = ChargeKind.DETENTION, ChargeKind.LUMPER


def usd(amount: str, currency: str = "USD") -> Money:
    return Money(Decimal(amount), currency)


def charge(ref: str, amount: str = "100.00", used: str = "0", **said) -> OpenCharge:
    tolerated = said.pop("tolerated", None)
    one = AgreedCharge(
        charge_ref=ref,
        charge=Charge(kind=DETENTION, money=usd(amount), stop=said.pop("stop", 0)),
        why=Explanation(rule="detention"),
        **said,
    )
    return OpenCharge(agreed=one, used=usd(used), tolerated=tolerated and usd(tolerated))


def pot(ref: str, left: str = "100.00", *, used: str = "0", stop: int = 0, **said) -> Pot:
    figures = {name: Decimal(one) for name, one in said.items()}
    return Pot(
        charge_ref=ref,
        kind=DETENTION,
        stop=stop,
        currency="USD",
        provisional=False,
        left=Decimal(left),
        used=Decimal(used),
        **({"agreed": Decimal("100.00")} | figures),
    )


def credit(amount: str, stop: int = 0, kind=DETENTION, currency="USD") -> BillLine:
    return BillLine(number=1, kind=kind, money=usd(amount, currency), stop=stop)


def test_a_charge_is_a_pot_of_what_no_bill_used():
    (one,) = pots_of([charge("a", used="30.00", stop=2, provisional=True)])

    assert structs.asdict(one) == {
        "charge_ref": "a",
        "kind": DETENTION,
        "stop": 2,
        "currency": "USD",
        "provisional": True,
        "agreed": Decimal("100.00"),
        "used": Decimal("30.00"),
        "left": Decimal("70.00"),
        "credited": Decimal(0),
        "taken": Decimal(0),
        "drawn": False,
        "counts_earlier": False,
        "tolerated": Decimal(0),
    }


def test_pots_stand_in_the_order_of_their_names_and_none_is_of_nothing():
    agreed = [charge("c"), charge("a"), charge("b", "0.00"), charge("d", "-5.00")]

    assert [one.charge_ref for one in pots_of(agreed)] == ["a", "c"]
    assert [one.left for one in pots_of([charge("a", "0.01")])] == [Decimal("0.01")]


@pytest.mark.parametrize(
    ("used", "tolerated", "together", "counted"),
    [
        ("105.00", "5.00", True, "5.00"),
        ("103.00", "5.00", True, "3.00"),
        ("105.00", "2.00", True, "2.00"),
        ("90.00", "5.00", True, "0"),
        ("105.00", None, True, "0"),
        ("105.00", "5.00", False, "0"),
    ],
    ids=["all of it", "a credit took some back", "a claim paid the rest", "all came back",
         "nothing was", "each bill for itself"],
)  # fmt: skip
def test_what_was_let_pass_before_counts_where_bills_share_a_tolerance(
    used, tolerated, together, counted
):
    (one,) = pots_of([charge("a", used=used, tolerated=tolerated)], counts_earlier=together)

    assert (one.tolerated, one.counts_earlier) == (Decimal(counted), together)


@pytest.mark.parametrize(
    ("one", "base"),
    [
        (pot("a", used="30.00"), "70.00"),
        (pot("a", used="30.00", credited="10.00"), "80.00"),
        (pot("a", used="30.00", credited="50.00"), "100.00"),
        (pot("a", used="130.00", credited="10.00"), "0"),
        (structs.replace(pot("a", used="30.00"), counts_earlier=True), "100.00"),
    ],
    ids=["what is left", "with what a credit gave back", "never above the agreed", "used up",
         "all of it where bills count together"],
)  # fmt: skip
def test_a_tolerance_is_a_percent_of_what_is_left_before_the_bill(one, base):
    assert one.base == Decimal(base)


@pytest.mark.parametrize(
    ("drawn", "together", "used", "billed"),
    [(True, False, "0", True), (False, True, "0.01", True), (False, True, "0", False),
     (False, False, "50.00", False)],
    ids=["by this bill", "by one that counts too", "by none", "by one that counts for itself"],
)  # fmt: skip
def test_a_charge_is_billed_by_this_bill_or_one_that_counts_together(drawn, together, used, billed):
    one = structs.replace(pot("a", used=used), drawn=drawn, counts_earlier=together)

    assert one.is_billed is billed


@pytest.mark.parametrize(
    ("credited", "taken", "final"),
    [("30.00", "10.00", "20.00"), ("30.00", "40.00", "0"), ("0.50", "0", "0.50")],
    ids=["the rest", "none is left", "half a dollar"],
)
def test_what_no_line_took_of_a_credit_is_final(credited, taken, final):
    assert pot("a", credited=credited, taken=taken).final_credit == Decimal(final)


@pytest.mark.parametrize(
    ("line", "stop", "resembles", "suits"),
    [
        (credit("1.00", 2), 2, True, True),
        (credit("1.00", 0), 2, True, True),
        (credit("1.00", 2), 0, True, True),
        (credit("1.00", 2), 1, False, False),
        (credit("1.00", 2, LUMPER), 2, False, False),
        (credit("1.00", 2, currency="CAD"), 2, True, False),
    ],
    ids=["its stop", "a line of no stop", "a charge of no stop", "another stop", "another kind",
         "another currency"],
)  # fmt: skip
def test_a_line_fits_a_charge_of_its_kind_stop_and_currency(line, stop, resembles, suits):
    one = pot("a", stop=stop)

    assert (one.resembles(line), one.suits(line)) == (resembles, suits)


def held(pots: list[Pot]) -> list[tuple[str, Decimal, Decimal]]:
    return [(one.charge_ref, one.left, one.credited) for one in pots]


@pytest.mark.parametrize(
    ("pots", "line", "gives", "after"),
    [
        (
            [pot("a", "0.00", used="100.00")],
            credit("-30.00"),
            {"a": "-30.00"},
            [("a", "30.00", "30.00")],
        ),
        (
            [pot("a", "70.00", used="30.00"), pot("b", "0.00", used="100.00")],
            credit("-110.00"),
            {"b": "-100.00", "a": "-10.00"},
            [("a", "80.00", "10.00"), ("b", "100.00", "100.00")],
        ),
        (
            [pot("a", "70.00", used="30.00"), pot("b", "0.00", used="100.00", stop=2)],
            credit("-135.00", 2),
            {"b": "-105.00", "a": "-30.00"},
            [("a", "100.00", "30.00"), ("b", "105.00", "105.00")],
        ),
        (
            [pot("a", "0.00", used="100.00"), pot("b", "0.00", used="100.00", stop=2)],
            credit("-40.00", 2),
            {"b": "-40.00"},
            [("a", "0.00", "0"), ("b", "40.00", "40.00")],
        ),
        (
            [pot("a"), pot("b", "168.75", agreed="168.75")],
            credit("-18.75"),
            {"b": "-18.75"},
            [("a", "100.00", "0"), ("b", "187.50", "18.75")],
        ),
        (
            [pot("b"), pot("a")],
            credit("-5.00"),
            {"a": "-5.00"},
            [("b", "100.00", "0"), ("a", "105.00", "5.00")],
        ),
        (
            [pot("a", "60.00", used="100.00", credited="60.00")],
            credit("-50.00"),
            {"a": "-50.00"},
            [("a", "110.00", "110.00")],
        ),
        (
            [
                pot("a", "60.00", used="100.00", credited="60.00"),
                pot("b", "50.00", used="50.00"),
            ],
            credit("-50.00"),
            {"a": "-40.00", "b": "-10.00"},
            [("a", "100.00", "100.00"), ("b", "60.00", "10.00")],
        ),
        (
            [pot("", "20.00", agreed="0", credited="20.00")],
            credit("-5.00"),
            {},
            [("", "25.00", "25.00")],
        ),
    ],
    ids=[
        "the charge that was used", "the most used first", "no more than was used, then the first",
        "its own stop first", "the larger where none was used", "by name where all is equal",
        "more than was ever used", "one use is given back once", "a credit that nothing explains",
    ],
)  # fmt: skip
def test_a_credit_goes_back_to_what_was_used(pots, line, gives, after):
    pots = [structs.replace(one) for one in pots]  # a pot is drawn from in place
    assert give_back(pots, line) == {ref: Decimal(amount) for ref, amount in gives.items()}
    assert held(pots) == [(ref, Decimal(left), Decimal(back)) for ref, left, back in after]


@pytest.mark.parametrize(
    "line",
    [credit("-50.00", 2, LUMPER), credit("-50.00", 2, currency="CAD")],
    ids=["another kind", "another currency"],
)
def test_a_credit_that_fits_no_charge_is_a_pot_of_its_own(line):
    pots = [pot("a", "0.00", used="100.00")]

    assert give_back(pots, line) == {}
    assert len(pots) == 2
    assert structs.asdict(pots[1]) == {
        "charge_ref": "",
        "kind": line.kind,
        "stop": 2,
        "currency": line.money.currency,
        "provisional": False,
        "agreed": Decimal(0),
        "used": Decimal(0),
        "left": Decimal("50.00"),
        "credited": Decimal("50.00"),
        "taken": Decimal(0),
        "drawn": False,
        "counts_earlier": False,
        "tolerated": Decimal(0),
    }
