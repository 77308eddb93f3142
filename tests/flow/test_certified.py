"""A certified weight or class prices the load anew. GLOBEX 1001: 18,000 lb at 10.00 per cwt."""

from decimal import Decimal
from itertools import permutations

import pytest
from msgspec import structs

from drawbar.freight.certificate import FreightCertified
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Side
from drawbar.freight.lane import LaneRate
from drawbar.freight.ledger import Account
from drawbar.freight.ltl import LtlTerms
from drawbar.freight.reference import Reference, ReferenceKind
from tests.flow.stage import Stage, acme, answered, bill, driven, pod, released, usd, when

TENDER = "S-1001-V1T1"


def certified(pounds: str, *, at: float = 3100, ref="C-1", **changes) -> FreightCertified:
    plain = FreightCertified(
        key=f"certificate:{ref}",
        references=(Reference(ReferenceKind.SHIPMENT, "S-1001"),),
        certificate_ref=ref,
        weight_lb=Decimal(pounds),
        reported_by="ABCD",
        **when(at),
    )
    return structs.replace(plain, **changes)


def by_weight(*, reweigh: bool = True) -> Stage:
    """Return the example firm, its contracts with ABCD paid by weight and nothing else."""
    company = acme()
    contracts = tuple(
        structs.replace(
            one,
            lanes=(LaneRate(clause="W1", per_cwt=Decimal(10)),),
            ltl=LtlTerms(reweigh=reweigh),
            fuel=(),
            fuel_index=None,
        )
        if one.side is Side.BUY
        else one
        for one in company.contracts
    )
    return Stage(structs.replace(company, contracts=contracts))


def linehaul(stage: Stage):
    return next(
        one for one in stage.shipment("S-1001").buy if one.charge.kind is ChargeKind.LINEHAUL
    )


def test_a_reweigh_prices_the_load_anew_and_the_explanation_says_so():
    stage = by_weight()
    stage.learn(released(), answered(TENDER), *driven(), pod())
    assert linehaul(stage).charge.money == usd("1800.00")

    stage.learn(certified("18500"))

    assert linehaul(stage).charge.money == usd("1850.00")
    assert linehaul(stage).why.facts == ("certificate:C-1",)
    assert stage.balance(Account.FREIGHT_COST) == Decimal("1850.00")


def test_without_the_contracts_word_a_certificate_changes_no_price_and_stays_on_file():
    stage = by_weight(reweigh=False)

    stage.learn(released(), answered(TENDER), *driven(), certified("18500"))

    assert linehaul(stage).charge.money == usd("1800.00")
    assert len(stage.shipment("S-1001").certificates) == 1


def test_a_bill_that_was_stopped_for_its_weight_is_paid_when_the_certificate_comes():
    stage = by_weight()
    billed = bill((ChargeKind.LINEHAUL, "1850.00"))
    stage.learn(released(), answered(TENDER), *driven(), pod(), billed)
    before = stage.bill("B-1").payable

    stage.learn(certified("18500"))

    assert before < usd("1850.00")
    assert stage.bill("B-1").payable == usd("1850.00")


def test_another_carriers_certificate_never_counts():
    stage = by_weight()

    stage.learn(released(), answered(TENDER), certified("99999", reported_by="NRTH"))

    assert linehaul(stage).charge.money == usd("1800.00")


def test_a_certificate_before_its_shipment_waits_for_it():
    stage = by_weight()

    stage.learn(certified("18500", at=-700), released(), answered(TENDER))

    assert linehaul(stage).charge.money == usd("1850.00")


def test_the_latest_certificate_counts_in_whatever_order_they_come():
    early, late = certified("18500", at=100, ref="C-1"), certified("18200", at=200, ref="C-2")
    prices = set()
    for order in permutations((early, late, late)):
        stage = by_weight()
        stage.learn(released(), answered(TENDER), *order)
        prices.add(linehaul(stage).charge.money)

    assert prices == {usd("1820.00")}


@pytest.mark.parametrize("pounds", ["0", "-1", "NaN", "1e400"])
def test_a_weight_that_cannot_be_is_never_priced(pounds):
    stage = by_weight()
    stage.learn(released(), answered(TENDER))

    stage.learn(certified(pounds))

    assert linehaul(stage).charge.money == usd("1800.00"), "the last price that was known"
    assert "UNRATED" in {kind.name for kind in stage.open_cases()}
