"""Rates over HTTP: a movement in, its charges with every step out. Nothing is decided or kept."""

from datetime import date, datetime

from litestar import get, post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_200_OK
from msgspec import Struct

from drawbar.flow.company import Company
from drawbar.flow.explained import Explained, explained_load, explained_movement
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.contract import Side
from drawbar.freight.instant import Instant, utc
from drawbar.freight.lane import LaneRate
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import stream
from drawbar.web.api.v1.charge import ChargeV1, charge_v1
from drawbar.web.api.v1.rates_asked import RateAskV1
from drawbar.web.api.v1.term import AmountV1, amount_v1
from drawbar.web.api.v1.text import NamePath
from drawbar.web.auth.policy import policy
from drawbar.web.auth.role import Scope
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import unfit, unknown


class PricedLaneV1(Struct, frozen=True, kw_only=True):
    """The lane that the linehaul was priced on, as the contract names it."""

    clause: str
    origin: str
    destination: str
    equipment: str
    service: str


class NotOwedV1(Struct, frozen=True, kw_only=True):
    """What may be billed and is not owed, with the reason to answer."""

    kind: str
    stop: int
    reason: str
    text: str


class UnratedV1(Struct, frozen=True, kw_only=True):
    """Why there is no price, and what a person changes so that there is one."""

    text: str
    remedy: str


class RateV1(Struct, frozen=True, kw_only=True):
    """One side of a price. ``unrated`` is null where there is one.

    ``on`` is the day that decided the rate, by the contract's ``basis``; ``known_at`` says by what
    was known. ``totals`` are the sums of ``charges``, one for each currency.
    """

    side: Side
    party_ref: str
    known_at: datetime
    contract_ref: str
    contract_version: int
    basis: str
    on: date | None
    lane: PricedLaneV1 | None
    charges: tuple[ChargeV1, ...]
    totals: tuple[AmountV1, ...]
    denied: tuple[NotOwedV1, ...]
    unrated: UnratedV1 | None


class RatesV1(Struct, frozen=True, kw_only=True):
    """What a shipment costs, where a carrier has it, and earns."""

    shipment_ref: str
    rates: tuple[RateV1, ...]


@post("/v1/rates/explain", status_code=HTTP_200_OK, **policy(Scope.MONEY_READ))
def explain_rate(data: JSONBody[RateAskV1], settings: GivenSettings) -> RateV1:
    """Price a movement under the firm's contracts and show every step. Nothing is kept."""
    return rate_v1(asked(data, settings.company, now=settings.clock.now()))


@get("/v1/shipments/{shipment_ref:str}/rates", **policy(Scope.MONEY_READ, writes=False))
def read_rates(shipment_ref: NamePath, reads: GivenReads, settings: GivenSettings) -> RatesV1:
    """Read how a shipment is priced on both sides, step by step."""
    with reads.connection() as connection, connection.cursor() as cursor:
        found = stream(cursor, StreamKey(StreamKind.SHIPMENT, shipment_ref))
    if found is None or not isinstance(found.state, ShipmentState):
        raise unknown("shipment")
    told = explained_load(found.state, settings.company, known_at=settings.clock.now())
    return RatesV1(shipment_ref=shipment_ref, rates=tuple(map(rate_v1, told)))


def asked(told: RateAskV1, company: Company, *, now: Instant) -> Explained:
    """Return the price that is asked for. Raise ``Refusal`` (422) for a party nobody knows."""
    parties = company.carriers if told.side is Side.BUY else company.customers
    if told.party_ref not in parties:
        raise unfit(
            "$.party_ref",
            f"{told.party_ref} is no {'carrier' if told.side is Side.BUY else 'customer'} here.",
            "Name a carrier to ask what we pay, a customer to ask what we charge.",
        )
    known_at = utc(told.known_at) if told.known_at else now
    return explained_movement(
        told.movement(), told.party_ref, told.side, company, known_at=known_at
    )


def rate_v1(told: Explained) -> RateV1:
    """Return a price as version 1 says it."""
    contract = told.contract
    return RateV1(
        side=told.side,
        party_ref=told.party_ref,
        known_at=told.known_at,
        contract_ref=contract.contract_ref if contract else "",
        contract_version=contract.version if contract else 0,
        basis=contract.basis.value if contract else "",
        on=told.on,
        lane=_lane(told.lane),
        charges=tuple(map(charge_v1, told.charges)),
        totals=tuple(map(amount_v1, told.totals)),
        denied=tuple(
            NotOwedV1(kind=one.kind.value, stop=one.stop, reason=one.reason.value, text=one.text)
            for one in told.denied
        ),
        unrated=UnratedV1(text=told.unrated.text, remedy=told.unrated.remedy)
        if told.unrated
        else None,
    )


def _lane(lane: LaneRate | None) -> PricedLaneV1 | None:
    if lane is None:
        return None
    return PricedLaneV1(
        clause=lane.clause,
        origin=lane.origin.label,
        destination=lane.destination.label,
        equipment=lane.equipment,
        service=lane.service,
    )
