"""The searchable side of finance: payment runs, payees and periods as lists show them."""

from collections.abc import Mapping
from typing import Any

from drawbar.flow.payment_payee import PayeeState
from drawbar.flow.payment_state import RunState
from drawbar.flow.period import PeriodState
from drawbar.freight.period import Period

Row = Mapping[str, object]


def row(state: Any) -> Row:
    """Return the columns of a state of finance. Raise ``TypeError`` for any other."""
    match state:
        case RunState():
            return _run(state)
        case PayeeState():
            return {"open_changes": sum(one.is_open for one in state.changes)}
        case PeriodState():
            return _period(state)
        case _:
            raise TypeError(f"no board shows a {type(state).__name__}")


def _run(state: RunState) -> Row:
    totals = state.totals
    return {
        "status": state.status.value,
        "until_on": state.until,
        "payments": len(state.orders),
        "bills": len(state.bill_refs),
        "total": totals[0].amount if len(totals) == 1 else None,
        "currency": totals[0].currency if len(totals) == 1 else None,
        "proposed_by": state.proposed_by,
        "released_at": state.released_at,
    }


def _period(state: PeriodState) -> Row:
    last = state.words[-1]
    return {
        "status": state.status,
        "ends_on": Period(state.period).ends_on,
        "closed_by": last.by,
        "closed_at": last.at,
        "first_closed_at": next((one.at for one in state.words if one.closed), None),
    }
