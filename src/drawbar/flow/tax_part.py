"""What of a shipment's money is tax: of what is accrued, approved and invoiced.

Of a carrier's tax only what the firm gets back counts; a customer's tax is owed whatever it is.
"""

from collections.abc import Iterable

from drawbar.flow import tally
from drawbar.flow.shipment_state import ShipmentState
from drawbar.freight.charge import AgreedCharge, ChargeKind
from drawbar.freight.money import Money, total
from drawbar.freight.verdict import LineVerdict
from drawbar.subledger.expected import open_amount


def still_to_bill(state: ShipmentState, currency: str) -> Money:
    """Return the tax to get back of what is agreed and neither billed nor released."""
    taxes = (one for one in state.buy if one.recoverable)
    return open_amount(taxes, used=state.used, released=state.released, currency=currency)


def invoiced(lines: Iterable[AgreedCharge], currency: str) -> Money:
    """Return the tax of what a customer is asked for, below zero on a credit note."""
    taxes = (one.charge.money for one in lines if one.charge.kind is ChargeKind.TAX)
    return total(taxes, currency=currency)


def approved(verdicts: Iterable[LineVerdict], load: ShipmentState, currency: str) -> Money:
    """Return the tax to get back of what ``verdicts`` grant."""
    parts = (of_line(one, one.payable, one.uses, load) for one in verdicts)
    return total(parts, currency=currency)


def of_line(verdict: LineVerdict, money: Money, uses: tally.Tally, load: ShipmentState) -> Money:
    """Return the tax to get back of ``money`` that is paid on a line and ``uses`` these charges.

    What no agreed charge backs is as the charges that the line was paid on, else as any tax of the
    load: a tax that no clause speaks of is cost.
    """
    if verdict.line.kind is not ChargeKind.TAX:
        return total((), currency=money.currency)
    said = {one.charge_ref: one.recoverable for one in load.buy}
    named = [said[ref] for ref in (*verdict.uses, *uses) if ref in said]
    otherwise = any(named or said.values())
    backed = total(uses.values(), currency=money.currency)
    kept = [part for ref, part in uses.items() if said.get(ref, otherwise)]
    rest = [money - backed] if otherwise else []
    return total((*kept, *rest), currency=money.currency)
