"""What a load or a movement costs and earns, for somebody who asks: contract, day, every charge.

It is the flow's own pricing that is shown, so what is explained is what is accrued and audited.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from msgspec import Struct, structs

from drawbar.flow import pricing
from drawbar.flow.company import Company
from drawbar.flow.conclusion import Charged, charged, concluded
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.contract import Contract, Side
from drawbar.freight.instant import Instant
from drawbar.freight.lane import LaneRate
from drawbar.freight.money import Money, total
from drawbar.freight.movement import Movement
from drawbar.rating.denied import Denied
from drawbar.rating.pricing import Priced, days_of
from drawbar.rating.unrated import Unrated
from drawbar.rating.validity import InForce

_EVER = datetime.max.replace(tzinfo=UTC)


class Explained(Struct, frozen=True, kw_only=True):
    """One side of a price. ``contract`` and ``on``, its basis day, are None where none holds.

    ``unrated`` says why there is no price; ``denied`` what may be billed and is not owed.
    """

    side: Side
    party_ref: str
    known_at: Instant
    contract: Contract | None = None
    on: date | None = None
    charges: tuple[AgreedCharge, ...] = ()
    denied: tuple[Denied, ...] = ()
    unrated: Unrated | None = None

    @property
    def totals(self) -> tuple[Money, ...]:
        """Return the sum of the charges in each currency, seldom more than one."""
        moneys = [one.charge.money for one in self.charges]
        currencies = sorted({money.currency for money in moneys})
        return tuple(
            total((one for one in moneys if one.currency == each), currency=each)
            for each in currencies
        )

    @property
    def lane(self) -> LaneRate | None:
        """Return the lane that the linehaul was priced on, None where no lane was."""
        hauls = (one.why for one in self.charges if one.charge.kind is ChargeKind.LINEHAUL)
        clause = next((why.clause for why in hauls), None)
        lanes = self.contract.lanes if self.contract else ()
        return next((lane for lane in lanes if lane.clause == clause), None)


def explained_movement(
    movement: Movement, party_ref: str, side: Side, company: Company, *, known_at: Instant
) -> Explained:
    """Return the price of a movement with a party, by what was known at ``known_at``."""
    outcome = pricing.price(movement, party_ref, side, company, known_at=known_at)
    bare = _bare(movement, party_ref, side, company, known_at)
    if not isinstance(outcome, Priced):
        return structs.replace(bare, unrated=_known_later(outcome, bare, movement, company))
    rated = outcome.rated
    return structs.replace(bare, charges=rated.charges, denied=rated.denied)


def explained_load(
    load: ShipmentState,
    company: Company,
    *,
    known_at: Instant,
    as_then: bool = False,
    today: Company | None = None,
) -> tuple[Explained, ...]:
    """Return what a load costs, where a carrier has it, and earns, as the flow prices it.

    A settled side keeps the terms as they were known when it was settled; ``as_then`` asks for
    those known at ``known_at`` instead. ``today`` is the firm as it is now, where ``company`` is
    that of then: a contract that only came later is named by it.
    """
    if as_then:
        load = structs.replace(load, cost_known_at=None, price_known_at=None)
    seen = concluded(load, company)
    priced = charged(load, seen, company, known_at=known_at)
    movement = pricing.as_driven(load, company, seen.visits)
    customer_ref = load.order.customer_ref
    sell = _bare(movement, customer_ref, Side.SELL, company, load.price_known_at or known_at)
    told = [_told(sell, priced.state.sell, priced)]
    if load.payee_ref:
        buy = _bare(movement, load.payee_ref, Side.BUY, company, load.cost_known_at or known_at)
        told.insert(0, structs.replace(_told(buy, priced.state.buy, priced), denied=priced.denied))
    terms = today or company
    return tuple(
        structs.replace(one, unrated=_known_later(one.unrated, one, movement, terms))
        if one.unrated
        else one
        for one in told
    )


def _known_later(
    unrated: Unrated, about: Explained, movement: Movement, company: Company
) -> Unrated:
    """Return why there is no price; a contract that came to be known too late is named."""
    if about.contract is not None or not movement.visits:
        return unrated
    found = pricing.contract_for(about.party_ref, about.side, company, _EVER, movement)
    if not isinstance(found, InForce) or found.contract.known_at <= about.known_at:
        return unrated
    one = found.contract
    name, known_at = f"{one.contract_ref} version {one.version}", f"{one.known_at:%Y-%m-%d %H:%M}Z"
    then = f"{about.known_at:%Y-%m-%d %H:%M}Z"
    text = f"{unrated.text} {name} does, but was not known on {then}: it is known since {known_at}."
    return Unrated(text=text, remedy=f"Ask as known after {known_at}.")


def _bare(
    movement: Movement, party_ref: str, side: Side, company: Company, known_at: Instant
) -> Explained:
    """Return the contract that holds, without a price yet."""
    plain = Explained(side=side, party_ref=party_ref, known_at=known_at)
    if not movement.visits:
        return plain
    found = pricing.contract_for(party_ref, side, company, known_at, movement)
    if not isinstance(found, InForce):
        return plain
    on = days_of(movement)[found.contract.basis]
    return structs.replace(plain, contract=found.contract, on=on)


def _told(bare: Explained, charges: Iterable[AgreedCharge], priced: Charged) -> Explained:
    unrated = next((why for side, why in priced.unrated if side is bare.side), None)
    return structs.replace(bare, charges=() if unrated else tuple(charges), unrated=unrated)
