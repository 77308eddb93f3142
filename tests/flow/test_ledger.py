"""Whatever happens, in whatever order: the ledger balances, and is what the open documents say.

Two loads are driven under random carriers' bills, approvals, invoices, credits, rebills, payments,
corrected prices and rates of exchange; one carrier is paid in EUR, settled in CAD. Both sides are
taxed by some clause, or by none.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from drawbar.billing.credit_note import all_of
from drawbar.flow.bill_state import BillState
from drawbar.flow.customer_invoice import InvoiceState
from drawbar.flow.shipment_state import ShipmentState
from drawbar.flow.supplement import supplement
from drawbar.freight.billing_terms import BillingTerms, Corrected
from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Side
from drawbar.freight.exchange import ExchangeTerms
from drawbar.freight.fact import Fact
from drawbar.freight.freight_bill import BillLine, ChargeApproved, VoucherPaid
from drawbar.freight.index import ExchangePublished, IndexPublished
from drawbar.freight.invoice import CreditCode, InvoiceCredited, InvoicePaid
from drawbar.freight.ledger import Account
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.money import Money, total
from drawbar.freight.reference import Reference, ReferenceKind
from drawbar.freight.tax import TaxTerms
from drawbar.subledger.expected import open_by_charge
from tests.flow.stage import (
    MONDAY,
    Stage,
    acme,
    answered,
    bill,
    driven,
    milestone,
    order,
    released,
    when,
)
from tests.flow.test_index import KNOWN, TERMS

LOADS = ("1001", "1002")
AMOUNTS = ("0.01", "90.00", "202.50", "412.50", "478.50", "1650.00", "2425.00")
KINDS = (
    *(ChargeKind.LINEHAUL, ChargeKind.FUEL_SURCHARGE, ChargeKind.DETENTION, ChargeKind.LUMPER),
    ChargeKind.TAX,
)
DEBTS = {Account.ACCOUNTS_PAYABLE, Account.FREIGHT_ACCRUED, Account.TAX_PAYABLE}


def clause(*, recoverable: bool) -> TaxTerms:
    return TaxTerms(clause="T", category="S", percent=Decimal(19), recoverable=recoverable)


TAXES = {
    "no tax": (),
    "recoverable": (clause(recoverable=True),),
    "lost": (clause(recoverable=False),),
}


def firm(*, in_cad: bool, tax: tuple[TaxTerms, ...]) -> Stage:
    """Return a firm that sells by a fuel index; its carrier's money is exchanged if so said."""
    company = acme(approval_limits={})
    terms = BillingTerms(corrected_figures=Corrected.RE_RATED, late_charge_days=5)
    globex = structs.replace(company.customers["GLOBEX"], billing=terms)
    exchange = ExchangeTerms(clause="9", source="ECB", settle_in="CAD", days_old=30)
    contracts = []
    for one in (structs.replace(each, tax=tax) for each in company.contracts):
        if one.side is Side.SELL:
            contracts.append(structs.replace(one, fuel=(), fuel_index=TERMS))
        elif in_cad and one.party_ref == "ABCD":
            contracts.append(structs.replace(one, currency="EUR", exchange=exchange))
        else:
            contracts.append(one)
    return Stage(
        structs.replace(
            company,
            contracts=tuple(contracts),
            customers=company.customers | {"GLOBEX": globex},
        )
    )


def rate(number: int, figure: str, at: float) -> ExchangePublished:
    return ExchangePublished(
        key=f"rate:{number}",
        source="ECB",
        base="EUR",
        quote="CAD",
        rate_on=MONDAY.date() + timedelta(days=number % 3 - 1),
        rate=Decimal(figure),
        **when(at),
    )


class Teller:
    """Tell a stage what hypothesis drew, each fact later than the one before."""

    def __init__(self, stage: Stage, currency: str) -> None:
        self.stage, self.currency = stage, currency
        self.number = 0

    def tell(self, act: str, load: str, kind: ChargeKind, amount: str) -> None:
        self.number += 1
        fact = getattr(self, act)(load, kind, amount)
        if fact is not None:
            self.stage.learn(fact)

    @property
    def at(self) -> float:
        return 4000 + 300 * self.number

    def bills(self, load: str, kind: ChargeKind, amount: str) -> Fact:
        lines = [(ChargeKind.LINEHAUL, Decimal("1650.00")), (kind, Decimal(amount))]
        billed = tuple(
            BillLine(number=number, kind=one, money=Money(money, self.currency), stop=0)
            for number, (one, money) in enumerate(lines[self.number % 2 :], start=1)
        )
        return bill(
            ref=f"B-{self.number}",
            number=f"19{self.number}",
            at=self.at,
            references=(Reference(ReferenceKind.SHIPMENT, f"S-{load}"),),
            lines=billed,
            total=total((one.money for one in billed), currency=self.currency),
            currency=self.currency,
        )

    def approves(self, load: str, kind: ChargeKind, amount: str) -> Fact:
        return ChargeApproved(
            key=f"approval:{self.number}",
            shipment_ref=f"S-{load}",
            kind=kind,
            money=Money(Decimal(amount), self.currency),
            stop=2 if kind is ChargeKind.DETENTION else 0,
            approved_by="M. Ito",
            role="finance",
            reason="agreed",
            **when(self.at),
        )

    def waits(self, load: str, kind: ChargeKind, amount: str) -> Fact:
        minutes = 2 * 24 * 60 + 120 + self.number * 7
        return milestone(MilestoneKind.DEPARTED_DELIVERY, minutes, ref=f"S-{load}", known=self.at)

    def pays(self, load: str, kind: ChargeKind, amount: str) -> Fact | None:
        owed = [one for one in states(self.stage, BillState) if one.vouchered]
        if not owed:
            return None
        meant = owed[self.number % len(owed)]
        return VoucherPaid(
            key=f"paid:{self.number}",
            bill_ref=meant.bill.bill_ref,
            document=f"V-{self.number}",
            money=Money(Decimal(amount), self.currency),
            paid_on=MONDAY.date(),
            **when(self.at),
        )

    def credits(self, load: str, kind: ChargeKind, amount: str) -> Fact | None:
        asked = [one for one in states(self.stage, InvoiceState) if not one.invoice.is_credit]
        if not asked:
            return None
        meant = asked[self.number % len(asked)]
        lines = all_of(meant.invoice, meant.credited)
        return InvoiceCredited(
            key=f"credit:{self.number}",
            invoice_ref=meant.invoice.invoice_ref,
            customer_ref="GLOBEX",
            lines=lines if self.number % 3 else lines[:1],
            code=CreditCode.RATE,
            reason="agreed",
            credited_by="M. Ito",
            role="finance",
            rebill=bool(self.number % 3),
            **when(self.at),
        )

    def receives(self, load: str, kind: ChargeKind, amount: str) -> Fact | None:
        asked = [one for one in states(self.stage, InvoiceState) if not one.invoice.is_credit]
        if not asked:
            return None
        return InvoicePaid(
            key=f"received:{self.number}",
            invoice_ref=asked[self.number % len(asked)].invoice.invoice_ref,
            money=Money(Decimal(amount), "USD"),
            paid_on=MONDAY.date(),
            **when(self.at),
        )

    def publishes(self, load: str, kind: ChargeKind, amount: str) -> Fact:
        figure = ("3.55", "3.65", "3.72")[self.number % 3]
        return IndexPublished(
            key=f"price:{self.number}",
            index="EIA-US",
            price_on=date(2026, 3, 2),
            price=Decimal(figure),
            **when(self.at),
        )

    def exchanges(self, load: str, kind: ChargeKind, amount: str) -> Fact:
        return rate(self.number, ("1.4", "1.4637", "1.52")[self.number % 3], self.at)

    def passes(self, load: str, kind: ChargeKind, amount: str) -> None:
        self.stage.pass_time(when(self.at)["learned_at"])


def states(stage: Stage, kind: type) -> list:
    return [one for _, one in sorted(stage.states.items()) if isinstance(one, kind)]


ACTS = (
    *("bills", "approves", "waits", "pays", "credits", "receives"),
    *("publishes", "exchanges", "passes"),
)


def sums(amounts) -> dict[str, Decimal]:
    """Return what amounts come to by currency, without those that come to nothing."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for one in amounts:
        if one is not None:
            found[one.currency] += one.amount
    return {currency: amount for currency, amount in found.items() if amount}


def shown(stage: Stage, account: Account) -> dict[str, Decimal]:
    side = -1 if account in DEBTS else 1
    lines = (
        line.money for entry in stage.entries for line in entry.lines if line.account is account
    )
    return {currency: side * amount for currency, amount in sums(lines).items()}


def taxes_of_customers(invoices, loads):
    """Yield the tax on every document, credit notes below zero, and what is not invoiced yet."""
    for one in (line for each in invoices for line in each.invoice.lines):
        if one.charge.kind is ChargeKind.TAX:
            yield one.charge.money
    for load in loads:
        if load.revenue.money and load.revenue.money.amount:
            rest = (one.charge for one in supplement(load))
            yield from (one.money for one in rest if one.kind is ChargeKind.TAX)


def taxes_of_carriers(bills, loads):
    """Yield what is approved of taxes, and what of them nobody has billed yet."""
    for one in bills:
        for verdict in one.verdicts:
            if verdict.line.kind is ChargeKind.TAX:
                yield verdict.payable
                yield one.conceded.get(verdict.line.number)
    for load in loads:
        for one in load.buy:
            if one.charge.kind is ChargeKind.TAX and load.cost.money:
                open_of = open_by_charge([one], used=load.used, released=load.released)
                yield open_of[one.charge_ref]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    in_cad=st.booleans(),
    tax=st.sampled_from(sorted(TAXES)),
    acts=st.lists(
        st.tuples(
            st.sampled_from(ACTS),
            st.sampled_from(LOADS),
            st.sampled_from(KINDS),
            st.sampled_from(AMOUNTS),
        ),
        max_size=14,
    ),
)
def test_whatever_happens_the_ledger_is_what_the_open_documents_say(in_cad, tax, acts):
    stage = firm(in_cad=in_cad, tax=TAXES[tax])
    stage.learn(*KNOWN, rate(1, "1.46", -900))
    for ref in LOADS:
        stage.learn(released(order(ref)), answered(f"S-{ref}-V1T1"), *driven(f"S-{ref}"))
    teller = Teller(stage, "CAD" if in_cad else "USD")
    for act in acts:
        teller.tell(*act)

    for entry in stage.entries:
        (currency,) = {line.money.currency for line in entry.lines}
        assert sum(line.money.amount for line in entry.lines) == 0, (entry, currency)
    assert len({one.entry_ref for one in stage.entries}) == len(stage.entries)
    invoices, bills = states(stage, InvoiceState), states(stage, BillState)
    loads = states(stage, ShipmentState)
    asked = [one.owed - one.paid for one in invoices if not one.invoice.is_credit]
    assert shown(stage, Account.ACCOUNTS_RECEIVABLE) == sums(asked)
    assert shown(stage, Account.FREIGHT_ACCRUED) == sums(one.cost.money for one in loads)
    assert shown(stage, Account.UNBILLED_RECEIVABLE) == sums(one.revenue.money for one in loads)
    owed = [one.vouchered for one in bills] + [one.paid and -one.paid for one in bills]
    assert shown(stage, Account.ACCOUNTS_PAYABLE) == sums(owed)
    assert shown(stage, Account.TAX_PAYABLE) == sums(taxes_of_customers(invoices, loads))
    kept = taxes_of_carriers(bills, loads) if tax == "recoverable" else ()
    assert shown(stage, Account.TAX_RECOVERABLE) == sums(kept)
    numbers = sorted(one.invoice.number for one in invoices if not one.invoice.is_credit)
    assert numbers == list(range(1, len(numbers) + 1))
