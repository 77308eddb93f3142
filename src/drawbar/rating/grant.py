"""A charge that the contract grants, in the one form that all clauses share."""

from decimal import ROUND_HALF_UP, Decimal

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation, Step
from drawbar.freight.contract import Contract
from drawbar.freight.fact import FactKey
from drawbar.freight.money import Money, minor_unit


def charge_ref(kind: ChargeKind, stop: int = 0) -> str:
    """Return what the charge is called within its shipment: "linehaul", "detention:2". # stored."""
    return f"{kind.value}:{stop}" if stop else kind.value


def granted(
    contract: Contract,
    charge: Charge,
    *,
    clause: str,
    steps: tuple[Step, ...],
    facts: tuple[FactKey, ...] = (),
) -> AgreedCharge:
    """Return ``charge`` as agreed by a clause of ``contract``, rounded already."""
    return AgreedCharge(
        charge_ref=charge_ref(charge.kind, charge.stop),
        charge=charge,
        why=Explanation(
            rule=charge.kind.value,
            contract_ref=contract.contract_ref,
            contract_version=contract.version,
            clause=clause,
            facts=facts,
            steps=steps,
        ),
    )


def rounded(amount: Decimal, contract: Contract) -> Money:
    """Return an exact figure as money of the contract, half-up to the minor unit."""
    return half_up(amount, contract.currency)


def half_up(amount: Decimal, currency: str) -> Money:
    """Return an exact figure, with however many decimals, half-up to the currency's minor unit."""
    return Money(amount.quantize(minor_unit(currency), rounding=ROUND_HALF_UP), currency)
