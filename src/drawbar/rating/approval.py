"""What people approved on top of the contract, as charges.

A charge that the contract can grant by itself keeps its name and is raised to what was approved;
every other approval is a charge of its own. So nothing is owed twice, and names never change.
"""

from collections.abc import Iterable

from msgspec import structs

from drawbar.freight.approval import Approval
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation, Step
from drawbar.freight.contract import Contract
from drawbar.freight.money import Money, total
from drawbar.rating.grant import charge_ref

ONE_PER_SHIPMENT = frozenset({ChargeKind.LINEHAUL, ChargeKind.FUEL_SURCHARGE})


def with_approvals(
    contract: Contract, granted: Iterable[AgreedCharge], approvals: Iterable[Approval]
) -> tuple[AgreedCharge, ...]:
    """Return the granted charges, raised and extended by what was approved.

    The same approval given twice (same ``fact``) counts once. New charges come last, by name.
    """
    charges = {charge.charge_ref: charge for charge in granted}
    own: dict[str, AgreedCharge] = {}
    unique = {approval.fact: approval for approval in approvals if approval.money.amount > 0}
    for approval in sorted(unique.values(), key=lambda approval: approval.fact):
        ref = _raises(contract, charges, approval)
        alike = _anywhere(charges, approval)
        if ref in charges:
            charges[ref] = _raised(charges[ref], approval, approval.money)
        elif alike:
            short = approval.money - total(
                (charges[one].charge.money for one in alike), currency=approval.money.currency
            )
            first = charges[alike[0]]
            charges[alike[0]] = _raised(first, approval, first.charge.money + short)
        else:
            own[ref] = _larger(own.get(ref), _approved(contract, ref, approval))
    return (*charges.values(), *(own[ref] for ref in sorted(own)))


def _raises(contract: Contract, charges: dict[str, AgreedCharge], approval: Approval) -> str:
    """Return the name of the charge that the approval is about."""
    kind, stop = approval.kind, approval.stop
    own = f"{kind.value}:{stop}:{approval.fact}"  # stored
    if approval.money.currency != contract.currency:
        return own
    if kind in ONE_PER_SHIPMENT:
        return charge_ref(kind)
    if kind is ChargeKind.DETENTION:
        return charge_ref(kind, stop)
    named = (charge_ref(kind, stop), charge_ref(kind))
    return next((ref for ref in named if ref in charges), own)


def _anywhere(charges: dict[str, AgreedCharge], approval: Approval) -> list[str]:
    """Return the charges that an approval without a stop is about: all of its kind, wherever.

    Their sum is raised to what was approved, so that a receipt and an approval of one thing are
    never two charges.
    """
    if approval.stop:
        return []
    alike = [
        (one.charge.stop, ref)
        for ref, one in charges.items()
        if one.charge.kind is approval.kind and one.charge.money.currency == approval.money.currency
    ]
    return [ref for _, ref in sorted(alike)]


def _raised(charge: AgreedCharge, approval: Approval, to: Money) -> AgreedCharge:
    if to.amount < charge.charge.money.amount:
        return charge
    why = structs.replace(
        charge.why,
        facts=(*charge.why.facts, approval.fact),
        steps=(*charge.why.steps, _word(approval)),
    )
    raised = structs.replace(charge.charge, money=to)
    approved = structs.replace(charge, charge=raised, why=why, provisional=False)
    # a person said what is owed: a tax above its clause is no share of other charges any more
    return structs.replace(approved, taxed=None) if to > charge.charge.money else approved


def _larger(one: AgreedCharge | None, other: AgreedCharge) -> AgreedCharge:
    if one is None or other.charge.money.amount > one.charge.money.amount:
        return other
    return one


def _approved(contract: Contract, ref: str, approval: Approval) -> AgreedCharge:
    clause = next((row for row in contract.accessorials if row.kind is approval.kind), None)
    steps = () if clause is None else (Step(text=f"clause {clause.clause} needs an approval"),)
    stop = 0 if approval.kind in ONE_PER_SHIPMENT else approval.stop
    return AgreedCharge(
        charge_ref=ref,
        charge=Charge(kind=approval.kind, money=approval.money, stop=stop),
        why=Explanation(
            rule="approval",
            contract_ref="" if clause is None else contract.contract_ref,
            contract_version=0 if clause is None else contract.version,
            clause="" if clause is None else clause.clause,
            facts=(approval.fact,),
            steps=(*steps, _word(approval)),
        ),
    )


def _word(approval: Approval) -> Step:
    text = f"approved by {approval.approved_by} because {approval.reason}"
    return Step(text=text, result=str(approval.money))
