"""Why a person may not credit an invoice as they wish: asked before the click, and after it."""

from drawbar.billing.credit_note import BeyondInvoiced, NoSuchLine, check
from drawbar.flow.bill_objection import limit_told
from drawbar.flow.company import Company
from drawbar.flow.customer_invoice import InvoiceState
from drawbar.freight.invoice import InvoiceCredited
from drawbar.freight.money import MixedCurrencies, total
from drawbar.settlement.authority import Authority, Person, authority


def objection(state: InvoiceState, fact: InvoiceCredited, company: Company) -> str:
    """Return why this credit note cannot be, empty where it can, if with a second person."""
    if state.invoice.is_credit:
        return f"{fact.invoice_ref} is a credit note itself."
    if state.invoice.customer_ref != fact.customer_ref:
        return f"{fact.invoice_ref} is an invoice to another customer."
    if fact.customer_ref not in company.customers:
        return f"The company folder names no customer {fact.customer_ref}."
    try:
        check(state.invoice, lines=fact.lines, before=state.credited)
    except (BeyondInvoiced, NoSuchLine, MixedCurrencies) as error:
        return f"{str(error)[:1].upper()}{str(error)[1:]}."
    person = Person(name=fact.credited_by, role=fact.role)
    if of_person(state, fact, company) is Authority.BEYOND:
        return f"It is beyond your approval. {limit_told(person, company)}"
    return _second(state, fact, company)


def of_person(state: InvoiceState, fact: InvoiceCredited, company: Company) -> Authority:
    """Return whether a person may credit this alone, after what they credited before of it."""
    money = total((one.money for one in fact.lines), currency=state.invoice.total.currency)
    return authority(
        money,
        Person(name=fact.credited_by, role=fact.role),
        before=[money for by, money in state.credited_by if by == fact.credited_by],
        limits=company.policy.approval_limits,
        currency=company.currency,
    )


def _second(state: InvoiceState, fact: InvoiceCredited, company: Company) -> str:
    """Return why the same person cannot agree to what they proposed."""
    if of_person(state, fact, company) is Authority.ALONE:
        return ""
    earlier = state.proposal
    if earlier and earlier.by == fact.credited_by and earlier.lines == fact.lines:
        return f"{fact.credited_by} proposed it; a second, other person must agree."
    return ""
