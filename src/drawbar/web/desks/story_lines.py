"""A bill line by line: billed against contract, events and approvals, and what is left over."""

from msgspec import Struct

from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.approval import Approval
from drawbar.freight.charge import AgreedCharge
from drawbar.freight.money import Money, total
from drawbar.records.queries import statements
from drawbar.records.sheet import Rows
from drawbar.web.api.v1.bill import BillLineSeenV1, BillSeenV1
from drawbar.web.api.v1.charge import ChargeV1, charge_v1


class LineStory(Struct, frozen=True, kw_only=True):
    """One billed line beside what stands behind it. ``variance`` is billed minus agreed."""

    line: BillLineSeenV1
    agreed: tuple[ChargeV1, ...]
    agreed_money: Money | None
    facts: tuple[str, ...]
    approvals: tuple[Approval, ...]
    variance: Money | None


def line_stories(bill: BillSeenV1, load: ShipmentState | None) -> list[LineStory]:
    """Return the lines of a bill, each with the charges of its load that it is compared with."""
    return [_story(line, load) for line in bill.lines]


def said_in(cursor: Rows, bill_ref: str) -> str:
    """Return the message that a bill came in, empty where none is kept."""
    row = cursor.execute(statements("desk")["bill_said_in"], {"ref": bill_ref}).fetchone()
    return row[0] if row else ""


def _story(line: BillLineSeenV1, load: ShipmentState | None) -> LineStory:
    agreed = _agreed(line, load)
    currency = line.billed.currency
    sums = [one.charge.money for one in agreed if one.charge.money.currency == currency]
    money = total(sums, currency=currency) if sums else None
    approvals = load.approvals if load else ()
    return LineStory(
        line=line,
        agreed=tuple(charge_v1(one) for one in agreed),
        agreed_money=money,
        facts=tuple(dict.fromkeys(fact for one in agreed for fact in one.why.facts)),
        approvals=tuple(one for one in approvals if one.kind.value == line.kind),
        variance=line.billed.money() - money if money else None,
    )


def _agreed(line: BillLineSeenV1, load: ShipmentState | None) -> list[AgreedCharge]:
    """Return the charges that the line used, else those that it may mean."""
    charges = load.buy if load else ()
    used = [one for one in charges if one.charge_ref in line.uses]
    if used:
        return used
    return [
        one
        for one in charges
        if one.charge.kind.value == line.kind and line.stop in {0, one.charge.stop}
    ]
