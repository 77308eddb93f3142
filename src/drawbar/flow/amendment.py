"""What a new version of the company folder changes, for whom, and since which day.

A contract that was applied never changes; a changed one is another version of it.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct, structs

from drawbar.flow.company import Company, Policy
from drawbar.flow.difference import differences
from drawbar.freight.contract import SINCE_EVER, Contract, Side
from drawbar.freight.market import Market

CONTRACT_MARGIN_DAYS = 92
"""A load is due for pickup at most so many days before the day that decides its rate."""

PRICE_MARGIN_DAYS = 31
POLICY_DAYS = 366
TOLD_MAX = 8
"""So many differences are told of a contract that says something else; then how many more."""


class Contradiction(ValueError):
    """A contract that was applied says something else now, or is gone. Write a new version."""


class Amendment(Struct, frozen=True, kw_only=True):
    """What is new, in words, and whose loads it may price otherwise, due since ``since``.

    ``by_party`` holds for each carrier and customer what is new for it.
    """

    contracts: tuple[Contract, ...]
    market: Market
    changes: tuple[str, ...]
    by_party: dict[tuple[Side, str], tuple[str, ...]]
    everybody: bool
    since: date

    @property
    def carriers(self) -> list[str]:
        """Return the carriers whose loads may be priced otherwise."""
        return sorted(ref for side, ref in self.by_party if side is Side.BUY)

    @property
    def customers(self) -> list[str]:
        """Return the customers whose loads may be priced otherwise."""
        return sorted(ref for side, ref in self.by_party if side is Side.SELL)

    def for_load(self, carrier_ref: str, customer_ref: str) -> tuple[str, ...]:
        """Return what is new for a load of these two."""
        cost = self.by_party.get((Side.BUY, carrier_ref), ())
        return (*cost, *self.by_party.get((Side.SELL, customer_ref), ()))


def amendment(before: Company, after: Company, market: Market, *, on: date) -> Amendment:
    """Return what ``after`` changes of ``before``, which holds everything that was ever applied.

    ``market`` is what is new in prices and rates, ``on`` today. Raise ``Contradiction``.
    """
    known = {(one.contract_ref, one.version): one for one in before.contracts}
    _refuse_changed(known, after.contracts)
    _refuse_gone(known, after.contracts)
    new = tuple(one for one in after.contracts if (one.contract_ref, one.version) not in known)
    by_party: dict[tuple[Side, str], tuple[str, ...]] = {}
    for (side, ref), text in (
        *_of_contracts(new),
        *_of_market(market, after),
        *_of_parties(before, after),
    ):
        by_party[side, ref] = (*by_party.get((side, ref), ()), text)
    everybody = _moving(before.policy) != _moving(after.policy)
    changes = tuple(
        dict.fromkeys((*(t for some in by_party.values() for t in some), *_others(before, after)))
    )
    return Amendment(
        contracts=new,
        market=market,
        changes=changes,
        by_party=by_party,
        everybody=everybody,
        since=_since(new, market, before, after, on),
    )


def _refuse_changed(known: dict[tuple[str, int], Contract], now: Iterable[Contract]) -> None:
    for one in now:
        applied = known.get((one.contract_ref, one.version))
        if applied is None:
            continue
        told = [str(difference) for difference in differences(applied, one)]
        if told:
            rest = len(told) - TOLD_MAX
            more = f"; and {rest:,} more" if rest > 0 else ""
            raise Contradiction(
                f"{one.contract_ref} version {one.version} was applied with other words: "
                f"{'; '.join(told[:TOLD_MAX])}{more}. "
                f"What was applied stays: bring it back, and write the change as version "
                f"{_next(one.contract_ref, known)}."
            )


def _refuse_gone(known: dict[tuple[str, int], Contract], now: Iterable[Contract]) -> None:
    kept = {one.contract_ref for one in now}
    gone = sorted({ref for ref, _ in known} - kept)
    if gone:
        raise Contradiction(
            f"{', '.join(gone)} was applied and is no longer in the folder. To end a contract, "
            "write a new version of it with valid_to; bring its file back."
        )


def _next(contract_ref: str, known: dict[tuple[str, int], Contract]) -> int:
    return max(version for ref, version in known if ref == contract_ref) + 1


_Told = tuple[tuple[Side, str], str]


def _of_contracts(new: Iterable[Contract]) -> Iterator[_Told]:
    for one in new:
        yield (one.side, one.party_ref), f"{one.contract_ref} version {one.version}"


def _of_market(market: Market, firm: Company) -> Iterator[_Told]:
    indices = {one.index for one in market.prices}
    sources = {one.source for one in market.exchange}
    for one in firm.contracts:
        whose = one.side, one.party_ref
        if one.fuel_index is not None and one.fuel_index.index in indices:
            yield whose, f"prices of {one.fuel_index.index}"
        if one.exchange is not None and one.exchange.source in sources:
            yield whose, f"exchange rates of {one.exchange.source}"


def _of_parties(before: Company, after: Company) -> Iterator[_Told]:
    for ref, carrier in after.carriers.items():
        if ref in before.carriers and before.carriers[ref] != carrier:
            yield (Side.BUY, ref), f"carrier {ref}"
    for ref, customer in after.customers.items():
        if ref in before.customers and before.customers[ref] != customer:
            yield (Side.SELL, ref), f"customer {ref}"


def _others(before: Company, after: Company) -> Iterator[str]:
    yield from (f"policy {one}" for one in differences(before.policy, after.policy))
    if before.guides != after.guides:
        yield "routing guides"
    for word, old, new in (
        ("carrier", before.carriers, after.carriers),
        ("customer", before.customers, after.customers),
    ):
        yield from (f"{word} {ref} is new" for ref in sorted(set(new) - set(old)))
        yield from (f"{word} {ref} is gone" for ref in sorted(set(old) - set(new)))


def _moving(policy: Policy) -> Policy:
    """Return what of a policy may move money: neither whose a case is nor how the map is parted."""
    return structs.replace(policy, cases={}, regions={})


def _since(
    new: Iterable[Contract], market: Market, before: Company, after: Company, on: date
) -> date:
    margin = timedelta(days=CONTRACT_MARGIN_DAYS)
    later = timedelta(days=PRICE_MARGIN_DAYS)
    days = [
        *(one.valid_from - margin for one in new if one.valid_from > SINCE_EVER.date() + margin),
        *(SINCE_EVER.date() for one in new if one.valid_from <= SINCE_EVER.date() + margin),
        *(one.price_on - later for one in market.prices),
        *(one.rate_on - later for one in market.exchange),
    ]
    of_contracts = min(days, default=on)
    is_firm = _moving(before.policy) != _moving(after.policy) or any(_of_parties(before, after))
    return min(of_contracts, on - timedelta(days=POLICY_DAYS)) if is_firm else of_contracts
