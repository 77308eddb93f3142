"""A price as people read it: lane, day and version, then each charge with its steps and a total."""

from collections.abc import Iterable, Iterator, Sequence

import click

from drawbar.cli.table import show_pairs, visible
from drawbar.flow.explained import Explained
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.contract import Side

_SIDES = {Side.BUY: "What we pay", Side.SELL: "What we charge"}


def tell_rates(told: Sequence[tuple[str, Explained]]) -> None:
    """Print each price under what it is about."""
    for number, (about, one) in enumerate(told):
        if number:
            click.echo("")
        click.echo(visible(f"{about}: {_SIDES[one.side].lower()} {one.party_ref}"))
        show_pairs(_head(one))
        for line in _lines(one):
            click.echo(visible(line))


def _head(one: Explained) -> Iterator[tuple[str, object]]:
    if one.contract is not None:
        yield "contract", f"{one.contract.contract_ref} version {one.contract.version}"
        yield "day", f"{one.on}, by the {one.contract.basis.value}"
    lane = one.lane
    if lane is not None:
        named = " ".join(word for word in (lane.equipment, lane.service) if word)
        way = f"{lane.origin.label} to {lane.destination.label}"
        yield "lane", f"{lane.clause}: {way}{f', {named}' if named else ''}"
    yield "known at", one.known_at


def _lines(one: Explained) -> Iterator[str]:
    for agreed in one.charges:
        yield from _charge(agreed)
    for each in one.denied:
        stop = f" at stop {each.stop}" if each.stop else ""
        yield f"no {each.kind.value.replace('_', ' ')}{stop}: {each.text}"
    yield from (f"{'total':<18}{money}" for money in one.totals)
    if one.unrated is not None:
        yield f"no price: {one.unrated.text} {one.unrated.remedy}"


def _charge(agreed: AgreedCharge) -> Iterable[str]:
    why, charge = agreed.why, agreed.charge
    name = charge.kind.value.replace("_", " ") + (f" {charge.stop}" if charge.stop else "")
    source = f"{why.contract_ref} version {why.contract_version}" if why.contract_ref else why.rule
    clause = f", clause {why.clause}" if why.clause else ""
    provisional = "  provisional" if agreed.provisional else ""
    yield f"{name:<18}{charge.money}  by {source}{clause}{provisional}"
    for step in why.steps:
        yield f"    {step.text}{f' = {step.result}' if step.result else ''}"
    for key in why.facts:
        yield f"    by {key}"
