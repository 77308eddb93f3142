"""What tests of accessorials build on: clauses, stops, papers, approvals and one load.

Linehaul 1,000.00 USD over 400 contract miles, 12,000 lb in 24 pieces, four stops in UTC.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from msgspec import structs

from drawbar.freight.accessorial import AccessorialRate, Evidence, Unit
from drawbar.freight.approval import Approval
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation, Step
from drawbar.freight.contract import Contract, Side
from drawbar.freight.lane import LaneRate
from drawbar.freight.money import Money
from drawbar.freight.movement import Movement, Proof
from drawbar.freight.order import Goods
from drawbar.freight.place import Place
from drawbar.freight.visit import Visit
from drawbar.rating.denied import Denied
from drawbar.rating.shipment import Rated, rate

HOME = Place(name="A", zone="UTC")
MONDAY = datetime(2026, 3, 9, 16, tzinfo=UTC)
LANE = LaneRate(clause="L", flat=Decimal(1000), distance_mi=Decimal(400))


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def clause(
    kind: ChargeKind, amount: str = "0", per: Unit = Unit.SHIPMENT, **changes: object
) -> AccessorialRate:
    """Return a clause that asks for no approval, called "A-" and its kind."""
    plain = AccessorialRate(
        clause=f"A-{kind.value}", kind=kind, amount=Decimal(amount), per=per, needs_approval=False
    )
    return structs.replace(plain, **changes)


def visit(
    stop: int, *, hours: float | None = None, late: float = 0, marks: tuple[str, ...] = ()
) -> Visit:
    """Return a stop, one a day from Monday at 16:00, ``late`` minutes late, of so many hours."""
    due = MONDAY + timedelta(days=stop - 1)
    came = due + timedelta(minutes=late)
    return Visit(
        stop=stop,
        zone="UTC",
        due_at=due,
        arrived_at=came,
        departed_at=None if hours is None else came + timedelta(hours=hours),
        facts=(f"in-{stop}", f"out-{stop}"),
        marks=marks,
    )


STOPS = tuple(visit(stop) for stop in (1, 2, 3, 4))


def proof(kind: ChargeKind, evidence: Evidence, money: str = "", **changes: object) -> Proof:
    """Return a paper of stop 4, with the fact "p-1"."""
    plain = Proof(
        evidence=evidence, kind=kind, stop=4, money=usd(money) if money else None, fact="p-1"
    )
    return structs.replace(plain, **changes)


def approval(kind: ChargeKind, amount: str, *, stop: int = 0, fact: str = "a-1") -> Approval:
    return Approval(
        kind=kind, money=usd(amount), stop=stop, approved_by="Ines", reason="asked", fact=fact
    )


def contract(*rows: AccessorialRate, **changes: object) -> Contract:
    terms = Contract(
        contract_ref="ABCD-2026",
        version=1,
        side=Side.BUY,
        party_ref="ABCD",
        currency="USD",
        valid_from=date(2026, 1, 1),
        lanes=(LANE,),
        accessorials=rows,
    )
    return structs.replace(terms, **changes)


def load(**changes: object) -> Movement:
    goods = (Goods(sku="P", pieces=24, weight_lb=Decimal(12000)),)
    plain = Movement(origin=HOME, destination=HOME, visits=STOPS, goods=goods)
    return structs.replace(plain, **changes)


def rated(
    *rows: AccessorialRate, terms: dict[str, object] | None = None, **changes: object
) -> Rated:
    found = rate(contract(*rows, **(terms or {})), load(**changes), on=MONDAY.date())
    assert isinstance(found, Rated), found
    return found


def extras(found: Rated) -> list[AgreedCharge]:
    """Return all charges but the linehaul."""
    return [one for one in found.charges if one.charge.kind is not ChargeKind.LINEHAUL]


def agreed(
    row: AccessorialRate,
    amount: str,
    *steps: tuple[str, str],
    stop: int = 0,
    facts: tuple[str, ...] = (),
) -> AgreedCharge:
    """Return the charge that a clause grants, with its whole explanation."""
    return AgreedCharge(
        charge_ref=f"{row.kind.value}:{stop}" if stop else row.kind.value,
        charge=Charge(kind=row.kind, money=usd(amount), stop=stop),
        why=Explanation(
            rule=row.kind.value,
            contract_ref="ABCD-2026",
            contract_version=1,
            clause=row.clause,
            facts=facts,
            steps=tuple(Step(text=text, result=result) for text, result in steps),
        ),
    )


def denials(found: Rated) -> list[Denied]:
    """Return what is denied beside detention, which these contracts do not grant."""
    return [one for one in found.denied if one.kind is not ChargeKind.DETENTION]
