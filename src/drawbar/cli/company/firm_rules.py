"""What is wrong between the files of a company folder: names that lead nowhere, doubles, gaps."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from msgspec import structs

from drawbar.cli.company.contract_rules import contract_rules, currency_rules
from drawbar.cli.company.draft import Draft, Filed, named_in, told_in_vain
from drawbar.cli.company.market_rules import market_mistakes
from drawbar.cli.company.mistake import Mistake, Path, Weight, meant
from drawbar.cli.company.region_rules import region_rules
from drawbar.cli.company.rule import Judged, warned
from drawbar.cli.company.system_rules import system_rules
from drawbar.flow.company import PaidBy
from drawbar.freight.contract import Contract, Side
from drawbar.freight.instant import ZONES
from drawbar.rating.validity import NoContract, Overlapping, in_force
from drawbar.web.auth.role import Role

_OF_LANES = {"lanes", "zones", "distances"}
"""Fields of a contract that are judged together."""

_EVER = datetime(9999, 1, 1, tzinfo=UTC)


def firm_mistakes(draft: Draft) -> Iterator[Mistake]:
    """Return every mistake that only a look at the meaning of the files finds."""
    yield from _head(draft)
    yield from _contracts(draft)
    yield from market_mistakes(draft)
    yield from _doubles(draft)
    yield from _parties(draft)
    yield from _validity(draft)
    yield from _policies(draft)
    for system in draft.systems:
        for found in system_rules(system):
            yield found.on(system.sheet)


def _contracts(draft: Draft) -> Iterator[Mistake]:
    """Return what is wrong with each contract, but nothing that follows from an unread table."""
    indices = {one.value.index for one in draft.prices} | named_in(draft, "indices")
    sources = {one.value.source for one in draft.rates} | named_in(draft, "exchange")
    for one in draft.contracts:
        lacks = draft.lacking.get(one.file, set())
        unsure = lacks | _OF_LANES if lacks & _OF_LANES else lacks
        for found in contract_rules(one.value, indices=indices, sources=sources):
            if found.path[0] not in unsure:
                yield found.on(one.sheet)


def _head(draft: Draft) -> Iterator[Mistake]:
    if draft.head is None:
        return
    head, sheet = draft.head.value, draft.head.sheet
    for found in currency_rules(head.currency, ("currency",)):
        yield found.on(sheet)
    if head.zone not in ZONES:
        otherwise = "Write an IANA name such as America/Chicago."
        near = meant(head.zone, ZONES, otherwise=otherwise)
        yield Judged(("zone",), f"No time zone is called {head.zone!r}.", near).on(sheet)


def _doubles(draft: Draft) -> Iterator[Mistake]:
    yield from _twice(draft.customers, "customer_ref")
    yield from _twice(draft.carriers, "carrier_ref")
    first: dict[tuple[str, int], Filed[Contract]] = {}
    for one in draft.contracts:
        key = one.value.contract_ref, one.value.version
        if key in first:
            what = f"{key[0]} version {key[1]} is {first[key].file} too."
            yield Judged(("version",), what, "Give it the next version.").on(one.sheet)
        first.setdefault(key, one)
    party: dict[str, tuple[str, Side]] = {}
    for one in draft.contracts:
        whose = one.value.party_ref, one.value.side
        before = party.setdefault(one.value.contract_ref, whose)
        if before != whose:
            what = f"Another version of {one.value.contract_ref} is {before[1].value} {before[0]}."
            yield Judged(("party_ref",), what, "Name this contract otherwise.").on(one.sheet)


def _twice(every: Iterable[Filed[Any]], name: str) -> Iterator[Mistake]:
    first: dict[str, str] = {}
    for one in every:
        ref = getattr(one.value, name)
        if ref in first:
            yield Judged((name,), f"{ref!r} is in {first[ref]} too.", "Keep one.").on(one.sheet)
        first.setdefault(ref, one.file)


def _parties(draft: Draft) -> Iterator[Mistake]:
    customers, carriers, systems = _names(draft)
    for one in draft.contracts:
        known: Collection[str] = carriers if one.value.side is Side.BUY else customers
        folder = "partners" if one.value.side is Side.BUY else "customers"
        yield from _unknown(one, ("party_ref",), one.value.party_ref, known, folder)
    for carrier in draft.carriers:
        for found in currency_rules(carrier.value.currency, ("currency",)):
            yield found.on(carrier.sheet)
        for lacking in _unknown(carrier, ("system",), carrier.value.system, systems, "systems"):
            if carrier.value.system:  # what is for it becomes a case for a person
                yield structs.replace(lacking, weight=Weight.WARNING)
    sold = {one.value.party_ref for one in draft.contracts if one.value.side is Side.SELL}
    for payer in draft.customers:
        ref = payer.value.customer_ref
        if payer.value.active and ref not in sold and not told_in_vain(draft, ref):
            what = f"{ref} has no sell contract: its loads earn nothing."
            remedy = "Add one to contracts/, or say active: false."
            yield warned(("customer_ref",), what, remedy).on(payer.sheet)


def _validity(draft: Draft) -> Iterator[Mistake]:
    """Say of each day on which something begins or ends whether one contract holds then."""
    groups: dict[tuple[str, Side], list[Filed[Contract]]] = {}
    for one in draft.contracts:
        groups.setdefault((one.value.party_ref, one.value.side), []).append(one)
    for (party, side), group in sorted(groups.items()):
        contracts = [one.value for one in group]
        begins = {one.valid_from for one in contracts}
        days = sorted(begins | {one.valid_to for one in contracts if one.valid_to})
        told: set[tuple[str, ...]] = set()
        for day in days:
            holds = in_force(contracts, party_ref=party, side=side, on=day, known_at=_EVER)
            if isinstance(holds, Overlapping):
                pair = tuple(sorted(one.contract_ref for one in holds.contracts))
                latest = max(holds.contracts, key=lambda one: (one.valid_from, one.contract_ref))
                where = next(one for one in group if one.value is latest)
                if pair not in told:
                    yield Judged(("valid_from",), holds.text, holds.remedy).on(where.sheet)
                told.add(pair)
            elif told_in_vain(draft, party):
                continue  # the gap may be closed by what could not be read
            elif isinstance(holds, NoContract) and any(day < one for one in begins):
                until = min(one for one in begins if one > day)
                where = next(one for one in group if one.value.valid_from == until)
                what = f"No {side.value} contract with {party} holds from {day} to {until}."
                yield warned(("valid_from",), what, "Close the gap if it is not meant.").on(
                    where.sheet
                )


def _policies(draft: Draft) -> Iterator[Mistake]:
    customers, carriers, systems = _names(draft)
    where: dict[str, str] = {}
    guides: dict[str, str] = {}
    for one in draft.policies:
        for name in sorted(one.sheet.data):
            if where.setdefault(name, one.file) != one.file:
                what = f"{name!r} stands in {where[name]} too."
                yield Judged((name,), what, "Keep it in one file.").on(one.sheet)
        for name in ("erp", "wms", "bank"):
            system = getattr(one.value, name)
            if system:
                yield from _unknown(one, (name,), system, systems, "systems")
        for name, known, folder in (
            ("tolerance_by_carrier", carriers, "partners"),
            ("tolerance_by_customer", customers, "customers"),
            ("tolerance_by_carrier_and_customer", carriers, "partners"),
        ):
            for ref in getattr(one.value, name):
                yield from _unknown(one, (name, ref), ref, known, folder)
        yield from _bank(one, draft)
        yield from _roles(one)
        for found in region_rules(one.value.regions):
            yield found.on(one.sheet)
        yield from _guides(one, guides, carriers)


def _bank(one: Filed[Any], draft: Draft) -> Iterator[Mistake]:
    """Say where our own runs pay the carriers and no system is named to tell the bank by."""
    named = any(other.value.bank for other in draft.policies)
    if one.value.payments is PaidBy.DRAWBAR and not named:
        what = "Drawbar pays the carriers, and no bank system is named to instruct."
        yield Judged(("payments",), what, "Add bank: with a name of systems/, or say erp.").on(
            one.sheet
        )


def _roles(one: Filed[Any]) -> Iterator[Mistake]:
    roles = {role.value for role in Role}
    for role in one.value.approval_limits:
        if role not in roles:
            what = f"No role is called {role!r}."
            yield Judged(("approval_limits", role), what, meant(role, roles)).on(one.sheet)


def _guides(one: Filed[Any], seen: dict[str, str], carriers: set[str]) -> Iterator[Mistake]:
    for number, guide in enumerate(one.value.guides):
        here: Path = ("guides", number)
        if guide.guide_ref in seen:
            what = f"Another guide is called {guide.guide_ref!r}."
            yield Judged((*here, "guide_ref"), what, "Name each guide once.").on(one.sheet)
        seen.setdefault(guide.guide_ref, one.file)
        if not guide.carriers:
            what, remedy = "The guide asks nobody.", "Name carriers in their order."
            yield Judged((*here, "carriers"), what, remedy).on(one.sheet)
        for place, ref in enumerate(guide.carriers):
            yield from _unknown(one, (*here, "carriers", place), ref, carriers, "partners")
            if guide.carriers.index(ref) != place:
                what = f"{ref} is asked twice."
                yield warned((*here, "carriers", place), what, "Name it once.").on(one.sheet)


def _unknown(
    one: Filed[Any], path: Path, ref: str, known: Collection[str], folder: str
) -> Iterator[Mistake]:
    if ref not in known:
        what = f"No file of {folder}/ is about {ref!r}."
        near = meant(ref, known, otherwise=f"Add {folder}/{ref}.yaml.")
        yield Judged(path, what, near).on(one.sheet)


def _names(draft: Draft) -> tuple[set[str], set[str], set[str]]:
    """Return whom the folder knows: customers, carriers, systems; unreadable files by name."""
    customers = {one.value.customer_ref for one in draft.customers}
    carriers = {one.value.carrier_ref for one in draft.carriers}
    systems = {_name(one) for one in draft.systems}
    return (
        customers | named_in(draft, "customers"),
        carriers | named_in(draft, "partners"),
        systems | named_in(draft, "systems"),
    )


def _name(system: Filed[Any]) -> str:
    return system.file.removeprefix("systems/").removesuffix(".yaml")
