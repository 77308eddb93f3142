"""A stage with customers who want their invoices otherwise; Globex is owed 2,646.00 for a load."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import structs

from drawbar.flow.customer_invoice import InvoiceState
from drawbar.freight.billing_terms import BillingTerms
from drawbar.freight.contract import Contract, Side
from drawbar.freight.invoice import (
    CreditCode,
    CreditLine,
    CustomerInvoice,
    InvoiceAsked,
    InvoiceCredited,
)
from drawbar.freight.stream import StreamKind
from tests.flow.stage import MONDAY, Stage, acme, answered, driven, order, released, usd, when


def firm(
    terms: BillingTerms = BillingTerms(),  # noqa: B008 - frozen
    *,
    flat: Mapping[str, str] | None = None,
    **policy: object,
) -> Stage:
    """Return a firm whose customer Globex has these terms; ``flat`` prices its lanes 1, 2.

    A lane priced so bears no fuel surcharge.
    """
    company = acme(**policy)
    globex = structs.replace(company.customers["GLOBEX"], billing=terms)
    contracts = tuple(_priced(one, flat or {}) for one in company.contracts)
    return Stage(
        structs.replace(
            company, customers=company.customers | {"GLOBEX": globex}, contracts=contracts
        )
    )


def _priced(contract: Contract, flat: Mapping[str, str]) -> Contract:
    if contract.side is not Side.SELL or not flat:
        return contract
    lanes = tuple(
        structs.replace(lane, flat=Decimal(flat[lane.clause[0]])) for lane in contract.lanes
    )
    return structs.replace(contract, lanes=lanes, fuel=())


def delivered(stage: Stage, *refs: str, proven: bool = True, **changes: object) -> None:
    """Let orders be released, accepted, driven and, where said so, proven."""
    for ref in refs:
        events = driven(f"S-{ref}")
        stage.learn(released(order(ref, **changes)), answered(f"S-{ref}-V1T1"))
        stage.learn(*(events if proven else events[:-1]))


def invoices(stage: Stage) -> list[CustomerInvoice]:
    """Return every released document, in the order of its release."""
    return [one.payload.invoice for one in stage.sent("PostInvoice")]


def invoice_state(stage: Stage, ref: str = "I-000001") -> InvoiceState:
    """Return a released invoice as it stands now."""
    state = stage.state(StreamKind.CUSTOMER_INVOICE, ref)
    assert isinstance(state, InvoiceState)
    return state


def asked(*refs: str, key: str = "asked", at: float = 5000) -> InvoiceAsked:
    """Return that a person releases shipments."""
    return InvoiceAsked(
        key=key,
        customer_ref="GLOBEX",
        shipment_refs=tuple(f"S-{ref}" for ref in refs),
        released_by="M. Ito",
        **when(at),
    )


def credited(
    *lines: tuple[int, str], key: str = "credited", at: float = 6000, **changes: object
) -> InvoiceCredited:
    """Return that a person credits lines of the first invoice."""
    plain = InvoiceCredited(
        key=key,
        invoice_ref="I-000001",
        customer_ref="GLOBEX",
        lines=tuple(CreditLine(line=number, money=usd(amount)) for number, amount in lines),
        code=CreditCode.RATE,
        reason="agreed with the customer",
        credited_by="M. Ito",
        role="finance",
        **when(at),
    )
    return structs.replace(plain, **changes)


def at(minutes: float) -> datetime:
    """Return so many minutes after Monday 09:00 in Chicago."""
    return MONDAY + timedelta(minutes=minutes)
