"""Charges as version 1 answers them: each with the clause, the facts and the steps behind it."""

from msgspec import Struct

from drawbar.freight.charge import AgreedCharge
from drawbar.web.api.v1.term import AmountV1, amount_v1


class WhyStepV1(Struct, frozen=True, kw_only=True):
    """One step of a calculation and what came out of it."""

    text: str
    result: str


class WhyV1(Struct, frozen=True, kw_only=True):
    """Why a charge is what it is. ``facts`` are keys of facts, found under /v1/trace."""

    rule: str
    contract_ref: str
    contract_version: int
    clause: str
    facts: tuple[str, ...]
    steps: tuple[WhyStepV1, ...]


class ChargeV1(Struct, frozen=True, kw_only=True):
    """One agreed charge of a shipment; ``stop`` is 0 where it belongs to the whole."""

    charge_ref: str
    kind: str
    money: AmountV1
    stop: int
    provisional: bool
    why: WhyV1
    note: str


def charge_v1(agreed: AgreedCharge) -> ChargeV1:
    """Return a charge as version 1 says it."""
    why = agreed.why
    return ChargeV1(
        charge_ref=agreed.charge_ref,
        kind=agreed.charge.kind.value,
        money=amount_v1(agreed.charge.money),
        stop=agreed.charge.stop,
        provisional=agreed.provisional,
        note=agreed.note,
        why=WhyV1(
            rule=why.rule,
            contract_ref=why.contract_ref,
            contract_version=why.contract_version,
            clause=why.clause,
            facts=why.facts,
            steps=tuple(WhyStepV1(text=step.text, result=step.result) for step in why.steps),
        ),
    )
