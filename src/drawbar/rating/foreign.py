"""What people approved in a third currency: exchanged once, as the contract says, into the bill's.

A contract that says nothing of exchange takes no such approval.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct, structs

from drawbar.freight.approval import Approval
from drawbar.freight.charge import AgreedCharge, Exchanged, Step
from drawbar.freight.contract import Contract
from drawbar.freight.market import Market
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement
from drawbar.rating.exchange import Rate, rate_for, settled_in
from drawbar.rating.unrated import Unrated


class Brought(Struct, frozen=True):
    """An approval as it was said, and the rate at which it was brought into the bill's currency."""

    money: Money
    rate: Rate


def brought_in(
    contract: Contract, movement: Movement, market: Market
) -> tuple[Movement, Mapping[str, Brought]] | Unrated:
    """Return the movement with every approval in a currency of the contract, and how it came so.

    What was brought in is named by the approval's fact.
    """
    terms, into = contract.exchange, settled_in(contract)
    if terms is None:
        return movement, {}
    rates: dict[str, Brought] = {}
    approvals: list[Approval] = []
    for one in movement.approvals:
        if one.money.currency in {contract.currency, into}:
            approvals.append(one)
            continue
        rate = rate_for(terms, one.money.currency, into, movement, market)
        if isinstance(rate, Unrated):
            return rate
        rates[one.fact] = Brought(one.money, rate)
        approvals.append(structs.replace(one, money=rate.of(one.money)))
    return structs.replace(movement, approvals=tuple(approvals)) if rates else movement, rates


def explained(
    charges: Iterable[AgreedCharge], rates: Mapping[str, Brought], source: str
) -> tuple[AgreedCharge, ...]:
    """Return the charges, each that an exchanged approval made with its rate; source as awaited."""
    return tuple(
        _explained(one, [rates[fact] for fact in one.why.facts if fact in rates], source)
        for one in charges
    )


def _explained(agreed: AgreedCharge, brought: list[Brought], source: str) -> AgreedCharge:
    for one in brought:
        rate = one.rate
        steps = [Step(text=f"{one.money} {rate.words}", result=str(rate.of(one.money)))]
        steps += [Step(text=f"provisional: {rate.missing}")] if rate.missing else []
        lacking = (source,) if rate.missing else ()
        agreed = structs.replace(
            agreed,
            why=structs.replace(agreed.why, steps=(*agreed.why.steps, *steps)),
            provisional=agreed.provisional or bool(rate.missing),
            awaits=tuple(dict.fromkeys((*agreed.awaits, *lacking))),
            priced_by=tuple(dict.fromkeys((*agreed.priced_by, rate.figure))),
            exchanged=Exchanged(money=one.money, rate=rate.factor),
        )
    return agreed
