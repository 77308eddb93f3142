"""Tax on a customer's invoice: a line over 0.00 stands with its note where the law asks for it.

Globex is owed 2,100.00 and 546.00 of fuel; under reverse charge it owes the tax itself.
"""

from decimal import Decimal

from msgspec import structs

from drawbar.freight.charge import ChargeKind
from drawbar.freight.contract import Side
from drawbar.freight.invoice import CustomerInvoice, InvoiceKind
from drawbar.freight.ledger import Account
from drawbar.freight.tax import TaxTerms
from tests.flow.billing_stage import credited, delivered, invoice_state, invoices
from tests.flow.stage import Stage, acme, usd
from tests.flow.test_credit_note import waited

NOTE = "Reverse charge, Article 196 of Directive 2006/112/EC"
REVERSED = TaxTerms(clause="T", category="AE", percent=Decimal(21), reverse_charge=True, note=NOTE)
CHARGED = TaxTerms(clause="T", category="S", percent=Decimal(19))


def taxed(terms: TaxTerms) -> Stage:
    company = acme(approval_limits={})
    contracts = tuple(
        structs.replace(one, tax=(terms,)) if one.side is Side.SELL else one
        for one in company.contracts
    )
    stage = Stage(structs.replace(company, contracts=contracts))
    delivered(stage, "1001")
    return stage


def tax_of(made: CustomerInvoice) -> list[tuple[str, str]]:
    return [
        (str(one.charge.money), one.note) for one in made.lines if one.charge.kind is ChargeKind.TAX
    ]


def test_under_reverse_charge_the_invoice_has_a_line_over_nothing_with_its_note():
    (made,) = invoices(taxed(REVERSED))

    assert tax_of(made) == [("0.00 USD", NOTE)]
    assert made.total == usd("2646.00")


def test_a_tax_that_is_charged_is_a_line_and_part_of_what_is_owed():
    stage = taxed(CHARGED)

    (made,) = invoices(stage)
    assert tax_of(made) == [("502.74 USD", "")]
    assert made.total == usd("3148.74")
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == Decimal("3148.74")


def test_the_note_stands_on_a_late_charge_too_and_nothing_is_invoiced_for_it_alone():
    stage = taxed(REVERSED)
    stage.learn(waited(247, known=6000))

    first, late = invoices(stage)
    assert late.kind is InvoiceKind.SUPPLEMENT
    assert tax_of(late) == tax_of(first)
    assert len(invoices(stage)) == 2


def test_the_note_stands_on_a_credit_note_too():
    stage = taxed(REVERSED)
    stage.learn(credited((1, "100.00")))

    (_, note) = invoices(stage)
    assert note.total == usd("-100.00")
    assert tax_of(note) == [("0.00 USD", NOTE)]


def test_an_invoice_that_is_credited_in_full_is_settled_though_a_line_was_over_nothing():
    stage = taxed(REVERSED)
    (made,) = invoices(stage)
    lines = [(n, str(one.charge.money.amount)) for n, one in enumerate(made.lines, start=1)]

    stage.learn(credited(*[one for one in lines if one[1] != "0.00"]))

    assert invoice_state(stage).status == "credited"
    assert stage.balance(Account.ACCOUNTS_RECEIVABLE) == 0
