"""What people approved in pesos of a load in EUR that is billed in USD: linehaul 1,000.00, no more.

A euro is 1.10 and a peso 0.05 USD on the day of the pickup, 2026-03-09.
"""

from datetime import date
from decimal import Decimal

from msgspec import structs

from drawbar.freight.approval import Approval
from drawbar.freight.charge import AgreedCharge, Charge, Exchanged, Explanation, Step
from drawbar.freight.charge import ChargeKind as K
from drawbar.freight.exchange import ExchangeDay, ExchangeRate, ExchangeTerms
from drawbar.freight.market import Market
from drawbar.freight.money import Money
from drawbar.rating.shipment import Rated, rate
from drawbar.rating.unrated import Unrated
from tests.rating.accessorial_terms import MONDAY, STOPS, approval, contract, load, usd

TERMS = ExchangeTerms(clause="X", source="ECB", day=ExchangeDay.PICKUP, settle_in="USD")


def quoted(base: str, figure: str, day: int = 9) -> ExchangeRate:
    return ExchangeRate(
        source="ECB",
        base=base,
        quote="USD",
        rate_on=date(2026, 3, day),
        rate=Decimal(figure),
        known_at=MONDAY,
    )


EURO, PESO = quoted("EUR", "1.10"), quoted("MXN", "0.05")


def pesos(amount: str, kind: K = K.STORAGE, fact: str = "a-1") -> Approval:
    return structs.replace(approval(kind, "0", fact=fact), money=Money(Decimal(amount), "MXN"))


def asked(
    *approvals: Approval,
    rates: tuple[ExchangeRate, ...] = (EURO, PESO),
    terms: ExchangeTerms | None = TERMS,
):
    left = structs.replace(STOPS[0], departed_at=MONDAY)
    movement = load(visits=(left, *STOPS[1:]), approvals=approvals)
    own = contract(currency="EUR", exchange=terms)
    return rate(own, movement, on=MONDAY.date(), market=Market(exchange=rates))


def stored(*more: Step, rate_on: str = "2026-03-09", **changes: object) -> AgreedCharge:
    plain = AgreedCharge(
        charge_ref="storage:0:a-1",
        charge=Charge(kind=K.STORAGE, money=usd("5.00")),
        why=Explanation(
            rule="approval",
            facts=("a-1",),
            steps=(
                Step(text="approved by Ines because asked", result="5.00 USD"),
                Step(text=f"100 MXN at 0.05 USD per MXN, ECB of {rate_on}", result="5.00 USD"),
                *more,
            ),
        ),
        priced_by=(f"ECB/{rate_on}",),
        exchanged=Exchanged(money=Money(Decimal(100), "MXN"), rate=Decimal("0.05")),
    )
    return structs.replace(plain, **changes)


def test_what_was_approved_in_a_third_currency_says_how_it_became_the_bills():
    found = asked(pesos("100"))

    assert isinstance(found, Rated)
    assert found.charges[1:] == (stored(),)
    assert str(found.charges[0].charge.money) == "1,100.00 USD"


def test_a_rate_that_stands_in_makes_it_provisional_and_is_awaited():
    found = asked(pesos("100"), rates=(EURO, quoted("MXN", "0.05", 2)))
    missing = Step(text="provisional: no rate of ECB for 2026-03-09 is known")

    assert isinstance(found, Rated)
    assert found.charges[1:] == (
        stored(missing, rate_on="2026-03-02", provisional=True, awaits=("ECB",)),
    )


def test_approvals_in_the_bills_own_currencies_stand_beside_it_as_they_are():
    dollars = approval(K.OTHER, "7.00", fact="a-2")
    found = asked(dollars, pesos("100"), pesos("20", K.LIFTGATE, "a-3"))

    assert isinstance(found, Rated)
    assert {one.charge_ref: str(one.charge.money) for one in found.charges} == {
        "linehaul": "1,100.00 USD",
        "liftgate:0:a-3": "1.00 USD",
        "other:0:a-2": "7.00 USD",
        "storage:0:a-1": "5.00 USD",
    }
    assert found.charges[2].exchanged is None


def test_it_raises_what_is_granted_and_both_rates_are_told():
    found = asked(pesos("24000", K.LINEHAUL))

    assert isinstance(found, Rated)
    (haul,) = found.charges
    assert haul.charge.money == usd("1200.00")
    assert [step.text for step in haul.why.steps] == [
        "flat 1,000.00 EUR for lane L",
        "1,000.00 EUR at 1.1 USD per EUR, ECB of 2026-03-09 (X)",
        "approved by Ines because asked",
        "24,000 MXN at 0.05 USD per MXN, ECB of 2026-03-09",
    ]
    assert (haul.awaits, haul.priced_by) == ((), ("ECB/2026-03-09",))


def test_without_a_rate_the_load_has_no_figure():
    assert asked(pesos("100"), rates=(EURO,)) == Unrated(
        text="No rate of ECB from MXN to USD on or before 2026-03-09 is known (X).",
        remedy="Publish the rate of ECB between MXN and USD.",
        awaits=("ECB",),
    )


def test_a_contract_that_says_nothing_of_exchange_converts_no_approval():
    found = asked(pesos("100"), terms=None)

    assert isinstance(found, Rated)
    assert [str(one.charge.money) for one in found.charges] == ["1,000.00 EUR", "100 MXN"]
