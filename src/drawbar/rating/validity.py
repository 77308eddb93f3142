"""Which contract holds with a party on a day, as far as we knew at an instant.

A version speaks for every day from its ``valid_from`` on, so a later version can end a contract.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from drawbar.freight.contract import Basis, Contract, Side
from drawbar.freight.instant import Instant


class InForce(Struct, frozen=True, tag=True):
    """One contract holds on that day."""

    contract: Contract


class NoContract(Struct, frozen=True, tag=True):
    """No contract holds on that day, as far as was known."""

    text: str
    remedy: str


class Overlapping(Struct, frozen=True, tag=True):
    """Two or more contracts hold on one day; which of them is meant is not for us to guess."""

    contracts: tuple[Contract, ...]
    text: str
    remedy: str


Validity = InForce | NoContract | Overlapping


def in_force(
    contracts: Iterable[Contract], *, party_ref: str, side: Side, on: date, known_at: Instant
) -> Validity:
    """Return the contract with ``party_ref`` that holds ``on`` a local day, as known then.

    Of the versions known at ``known_at`` that have begun, the highest of each contract counts, and
    it holds unless its ``valid_to`` is reached. The order of ``contracts`` does not matter.
    """
    known = [
        contract
        for contract in contracts
        if contract.party_ref == party_ref
        and contract.side is side
        and contract.known_at <= known_at
    ]
    newest = _newest(contract for contract in known if contract.valid_from <= on)
    holding = tuple(contract for contract in newest if not _ended(contract, on))
    if len(holding) == 1:
        return InForce(holding[0])
    if holding:
        return _overlapping(holding, party_ref, on)
    return _nothing(newest, known, party_ref, side, on)


def in_force_by_basis(
    contracts: Iterable[Contract],
    *,
    party_ref: str,
    side: Side,
    days: Mapping[Basis, date],
    known_at: Instant,
) -> Validity:
    """Return the contract that holds on the day that it itself says decides, as known then.

    ``days`` are the days of one movement. Each contract is asked for its own day only; where its
    versions name different days the newest version that holds on its own day counts.
    """
    asked = tuple(contracts)
    own: dict[str, Contract] = {}
    outcomes: dict[date, Validity] = {}
    for day in sorted(set(days.values())):
        found = in_force(asked, party_ref=party_ref, side=side, on=day, known_at=known_at)
        outcomes[day] = found
        for contract in _held(found):
            if days[contract.basis] == day:
                own.update({one.contract_ref: one for one in _newest((contract, *own.values()))})
    holding = tuple(own[ref] for ref in sorted(own))
    if len(holding) == 1:
        return InForce(holding[0])
    if holding:
        return _overlapping(holding, party_ref, days[holding[0].basis])
    return _none_on_its_day(outcomes, days)


def _held(found: Validity) -> tuple[Contract, ...]:
    match found:
        case InForce(contract=contract):
            return (contract,)
        case Overlapping(contracts=several):
            return several
        case NoContract():
            return ()


def _none_on_its_day(outcomes: Mapping[date, Validity], days: Mapping[Basis, date]) -> NoContract:
    """Return why nothing holds; a contract that only holds on another day's clock is named."""
    missing = [one for one in outcomes.values() if isinstance(one, NoContract)]
    text = missing[0].text if missing else "No contract holds on the day that it says decides."
    remedy = missing[0].remedy if missing else "Let one version cover the day that it goes by."
    others = {_name(one): one for found in outcomes.values() for one in _held(found)}
    for name in sorted(others):
        basis = others[name].basis
        text += f" {name} goes by the {basis.value}, {days[basis]}, and does not hold then."
    return NoContract(text=text, remedy=remedy)


def _newest(begun: Iterable[Contract]) -> tuple[Contract, ...]:
    newest: dict[str, Contract] = {}
    for contract in begun:
        other = newest.get(contract.contract_ref)
        if other is None or _supersedes(contract, other):
            newest[contract.contract_ref] = contract
    return tuple(newest[ref] for ref in sorted(newest))


def _supersedes(contract: Contract, other: Contract) -> bool:
    """Return whether ``contract`` is the newer; of twins the order of a list decides nothing."""
    if _age(contract) == _age(other):
        return repr(contract) > repr(other)
    return _age(contract) > _age(other)


def _age(contract: Contract) -> tuple[int, Instant]:
    return contract.version, contract.known_at


def _ended(contract: Contract, on: date) -> bool:
    return contract.valid_to is not None and contract.valid_to <= on


def _overlapping(holding: tuple[Contract, ...], party_ref: str, on: date) -> Overlapping:
    names = " and ".join(_name(contract) for contract in holding)
    return Overlapping(
        contracts=holding,
        text=f"{len(holding)} contracts with {party_ref} hold on {on}: {names}.",
        remedy="End one of them before that day, so that one contract is left.",
    )


def _nothing(
    ended: tuple[Contract, ...], known: list[Contract], party_ref: str, side: Side, on: date
) -> NoContract:
    text = f"No {side.value} contract with {party_ref} holds on {on}."
    for contract in ended:
        text += f" {_name(contract)} ended on {contract.valid_to}."
    if known and not ended:
        first = min(known, key=lambda contract: (contract.valid_from, contract.contract_ref))
        text += f" The first, {_name(first)}, begins on {first.valid_from}."
    return NoContract(text=text, remedy=f"Load a contract with {party_ref} that covers {on}.")


def _name(contract: Contract) -> str:
    return f"{contract.contract_ref} version {contract.version}"
