"""An invoice and a credit note as documents, whole. I-000007 is for S-1001 and S-1002."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.billing.credit_note import (
    BeyondInvoiced,
    CreditHeading,
    NoSuchLine,
    all_of,
    check,
    credit_note,
    proposed,
)
from drawbar.billing.crediting import let_go
from drawbar.billing.grouping import Billable, Bundle
from drawbar.billing.invoice import Heading, NothingToInvoice, UnknownTerms, invoice, line_of
from drawbar.billing.late_charge import Leak, LeakCause
from drawbar.billing.series import Series
from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Explanation
from drawbar.freight.invoice import (
    CreditCode,
    CreditLine,
    CustomerInvoice,
    InvoicedShipment,
    InvoiceKind,
    InvoiceLine,
    InvoicePeriod,
)
from drawbar.freight.money import Money
from drawbar.freight.party import Customer

GLOBEX = Customer(customer_ref="GLOBEX", name="Globex", payment_days=30)
HAUL, FUEL = ChargeKind.LINEHAUL, ChargeKind.FUEL_SURCHARGE
WHY = Explanation(rule="lane", clause="4.1")
NORTH = Series("customer_invoice:NORTH", "I-NORTH")
PERIOD = InvoicePeriod(
    since=datetime(2026, 3, 13, 23, tzinfo=UTC), until=datetime(2026, 3, 20, 23, tzinfo=UTC)
)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def charge(kind: ChargeKind, amount: str, **said) -> AgreedCharge:
    return AgreedCharge(
        charge_ref=kind.value, charge=Charge(kind=kind, money=usd(amount)), why=WHY, **said
    )


def line(kind: ChargeKind, amount: str, shipment: str = "", **said) -> InvoiceLine:
    return InvoiceLine(
        charge_ref=kind.value,
        charge=Charge(kind=kind, money=usd(amount)),
        why=WHY,
        shipment_ref=shipment,
        **said,
    )


FIRST = InvoicedShipment(shipment_ref="S-1001", order_ref="O-1", origin="Dallas")
SECOND = InvoicedShipment(shipment_ref="S-1002", order_ref="O-2", origin="Dallas")
BUNDLE = Bundle(
    group="Dallas",
    currency="USD",
    shipments=(
        Billable(about=FIRST, lines=(charge(HAUL, "1000.00"), charge(FUEL, "250.004"))),
        Billable(
            about=SECOND,
            lines=(charge(HAUL, "900.00", passes_on="linehaul", provisional=True),),
        ),
    ),
)
INVOICE = CustomerInvoice(
    invoice_ref="I-NORTH-000007",
    number=7,
    series="customer_invoice:NORTH",
    customer_ref="GLOBEX",
    shipment_ref="",
    invoiced_on=date(2026, 3, 20),
    due_on=date(2026, 4, 19),
    lines=(
        line(HAUL, "1000.00", "S-1001"),
        line(FUEL, "250.00", "S-1001"),
        line(HAUL, "900.00", "S-1002", passes_on="linehaul", provisional=True),
    ),
    total=usd("2150.00"),
    kind=InvoiceKind.REBILL,
    shipments=(FIRST, SECOND),
    period=PERIOD,
    group="Dallas",
    replaces="I-000003",
)


def heading(**said) -> Heading:
    facts = {
        "number": 7,
        "series": NORTH,
        "on": date(2026, 3, 20),
        "kind": InvoiceKind.REBILL,
        "period": PERIOD,
        "replaces": "I-000003",
    }
    return Heading(**facts | said)


def test_an_invoice_for_several_shipments_tells_all_of_its_head_and_lines():
    assert invoice(heading(), customer=GLOBEX, bundle=BUNDLE) == INVOICE


def test_a_line_keeps_what_is_known_of_its_charge_and_is_rounded():
    given = charge(FUEL, "250.005", passes_on="fuel_surcharge", provisional=True, note="by index")

    assert line_of(given, "S-1001") == line(
        FUEL,
        "250.01",
        "S-1001",
        passes_on="fuel_surcharge",
        provisional=True,
        note="by index",
    )
    assert line_of(charge(FUEL, "1.00")) == line(FUEL, "1.00")


@pytest.mark.parametrize(
    ("bundle", "text"),
    [
        (Bundle(group="Dallas", currency="USD", shipments=()), "Dallas: an invoice needs a line"),
        (Bundle(group="", currency="USD", shipments=()), "GLOBEX: an invoice needs a line"),
        (
            Bundle(group="Dallas", currency="USD", shipments=(Billable(about=FIRST, lines=()),)),
            "S-1001: an invoice needs a line",
        ),
        (
            Bundle(
                group="",
                currency="USD",
                shipments=(Billable(about=FIRST, lines=(charge(HAUL, "0.00"),)),),
            ),
            "S-1001: 0.00 USD is not an amount to invoice",
        ),
    ],
    ids=["a group of none", "a customer of none", "a shipment without a line", "nothing"],
)
def test_what_cannot_be_invoiced_is_named(bundle, text):
    with pytest.raises(NothingToInvoice) as refused:
        invoice(heading(), customer=GLOBEX, bundle=bundle)

    assert str(refused.value) == text


def test_a_customer_without_terms_is_named():
    unknown = structs.replace(GLOBEX, payment_days=None)

    with pytest.raises(UnknownTerms) as refused:
        invoice(heading(), customer=unknown, bundle=BUNDLE)

    assert str(refused.value) == "no payment terms are agreed with Globex"


def head() -> CreditHeading:
    return CreditHeading(
        number=4,
        series=Series("credit_note:NORTH", "C-NORTH"),
        on=date(2026, 3, 25),
        code=CreditCode.RATE,
        reason="the lane of March",
    )


def taken(number: int, amount: str) -> CreditLine:
    return CreditLine(line=number, money=usd(amount))


def test_a_credit_note_tells_its_head_what_it_takes_back_and_of_which_shipments():
    told = credit_note(head(), INVOICE, lines=[taken(2, "50.00"), taken(1, "100.00")], before={})

    assert told == CustomerInvoice(
        invoice_ref="C-NORTH-000004",
        number=4,
        series="credit_note:NORTH",
        customer_ref="GLOBEX",
        shipment_ref="",
        invoiced_on=date(2026, 3, 25),
        due_on=date(2026, 3, 25),
        lines=(
            line(FUEL, "-50.00", "S-1001", takes_back=2),
            line(HAUL, "-100.00", "S-1001", takes_back=1),
        ),
        total=usd("-150.00"),
        kind=InvoiceKind.CREDIT_NOTE,
        shipments=(FIRST,),
        group="Dallas",
        credits="I-NORTH-000007",
        code=CreditCode.RATE,
        reason="the lane of March",
    )


def test_a_credit_note_for_an_invoice_of_one_shipment_is_for_that_shipment():
    single = structs.replace(
        INVOICE,
        shipment_ref="S-1001",
        shipments=(FIRST,),
        lines=(line(HAUL, "1000.00"),),
        total=usd("1000.00"),
    )

    told = credit_note(head(), single, lines=[taken(1, "1000.00")], before={})

    assert (told.shipment_ref, told.shipments) == ("S-1001", (FIRST,))
    assert told.lines == (line(HAUL, "-1000.00", takes_back=1),)


def test_words_that_stand_on_a_line_over_nothing_stand_on_the_credit_note_too():
    """Each of two loads has a tax of nothing with its reason; only the first gives money back."""
    notes = [
        line(ChargeKind.TAX, "0.00", ref, note=f"reverse charge {ref}")
        for ref in ("S-1001", "S-1002")
    ]
    plain = line(ChargeKind.OTHER, "0.00", "S-1001")
    taxed = line(ChargeKind.TAX, "5.00", "S-1001", note="tax of Texas")
    noted = structs.replace(INVOICE, lines=(*INVOICE.lines, *notes, plain, taxed))

    told = credit_note(head(), noted, lines=[taken(1, "100.00")], before={})

    assert told.lines == (
        line(HAUL, "-100.00", "S-1001", takes_back=1),
        structs.replace(notes[0], takes_back=4),
    )
    assert told.total == usd("-100.00")


@pytest.mark.parametrize(
    ("lines", "error", "text"),
    [
        ([], NoSuchLine, "name each line of I-NORTH-000007 to credit, once"),
        (
            [taken(1, "1.00"), taken(1, "2.00")], NoSuchLine,
            "name each line of I-NORTH-000007 to credit, once",
        ),
        ([taken(4, "1.00")], NoSuchLine, "I-NORTH-000007 has no line 4"),
        ([taken(0, "1.00")], NoSuchLine, "I-NORTH-000007 has no line 0"),
        (
            [taken(2, "200.01")], BeyondInvoiced,
            "200.01 USD cannot be taken back of line 2 of I-NORTH-000007:"
            " 200.00 USD is left of it",
        ),
        (
            [taken(3, "0.00")], BeyondInvoiced,
            "0.00 USD cannot be taken back of line 3 of I-NORTH-000007: 900.00 USD is left of it",
        ),
        (
            [taken(3, "0.005")], BeyondInvoiced,
            "0.005 USD cannot be taken back of line 3 of I-NORTH-000007: 900.00 USD is left of it",
        ),
        (
            [CreditLine(line=3, money=Money(Decimal("1.00"), "CAD"))], BeyondInvoiced,
            "1.00 CAD cannot be taken back of line 3 of I-NORTH-000007: 900.00 USD is left of it",
        ),
    ],
    ids=["none", "one twice", "beyond the last", "before the first", "a cent more than is left",
         "nothing", "part of a cent", "another currency"],
)  # fmt: skip
def test_what_cannot_be_taken_back_is_named(lines, error, text):
    with pytest.raises(error) as refused:
        check(INVOICE, lines=lines, before={2: usd("50.00")})

    assert str(refused.value) == text


def test_the_last_cent_and_the_last_line_may_be_taken_back():
    check(INVOICE, lines=[taken(2, "200.00"), taken(3, "900.00")], before={2: usd("50.00")})


def test_all_that_is_left_is_every_line_with_something_left():
    before = {1: usd("999.50"), 2: usd("250.00")}

    assert all_of(INVOICE, before) == (taken(1, "0.50"), taken(3, "900.00"))
    assert all_of(INVOICE, {}) == (
        taken(1, "1000.00"),
        taken(2, "250.00"),
        taken(3, "900.00"),
    )


def test_what_was_charged_too_much_is_proposed_by_shipment_and_charge():
    beyond = {("S-1001", "linehaul"): usd("0.504"), ("S-1002", "fuel_surcharge"): usd("9.00")}

    assert proposed(INVOICE, {}, beyond=beyond) == (taken(1, "0.50"),)


def test_what_one_line_gives_back_the_next_does_not_give_back_again():
    """Linehaul of 1,000.00 and 900.00 for one load, 1,100.00 beyond what is owed."""
    both = structs.replace(
        INVOICE, lines=(line(HAUL, "1000.00", "S-1001"), line(HAUL, "900.00", "S-1001"))
    )
    beyond = {("S-1001", "linehaul"): usd("1100.00")}

    assert proposed(both, {}, beyond=beyond) == (taken(1, "1000.00"), taken(2, "100.00"))
    assert proposed(both, {1: usd("1000.00")}, beyond=beyond) == (taken(2, "900.00"),)


def test_what_is_too_much_in_yen_is_proposed_in_whole_units():
    yen = structs.replace(
        INVOICE,
        lines=(
            InvoiceLine(
                charge_ref="linehaul",
                charge=Charge(kind=HAUL, money=Money(Decimal(1000), "JPY")),
                why=WHY,
                shipment_ref="S-1001",
            ),
        ),
        total=Money(Decimal(1000), "JPY"),
    )

    yen_back = CreditLine(line=1, money=Money(Decimal(12), "JPY"))
    beyond = {("S-1001", "linehaul"): Money(Decimal("11.5"), "JPY")}
    assert proposed(yen, {}, beyond=beyond) == (yen_back,)


def test_a_line_that_gave_back_everything_is_proposed_no_more():
    assert proposed(INVOICE, {1: usd("1000.00")}, beyond={}) == ()


AT = datetime(2026, 3, 25, 12, tzinfo=UTC)


def gone(*, owed: dict[str, str], invoiced: dict[str, str]) -> tuple[Leak, ...]:
    return let_go(
        [line(HAUL, "-100.00"), line(FUEL, "-50.00")],
        owed={ref: usd(amount) for ref, amount in owed.items()},
        invoiced={ref: usd(amount) for ref, amount in invoiced.items()},
        document="C-000004",
        why="the lane of March",
        at=AT,
    )


def leak(kind: ChargeKind, amount: str) -> Leak:
    return Leak(
        charge_ref=kind.value,
        kind=kind,
        money=usd(amount),
        cause=LeakCause.CREDITED,
        since=AT,
        document="C-000004",
        text="the lane of March",
    )


@pytest.mark.parametrize(
    ("owed", "invoiced", "leaks"),
    [
        ({"linehaul": "1000.00"}, {"linehaul": "900.00"}, [leak(HAUL, "100.00")]),
        ({"linehaul": "950.00"}, {"linehaul": "900.00"}, [leak(HAUL, "50.00")]),
        ({"linehaul": "900.00"}, {"linehaul": "900.00"}, []),
        ({"linehaul": "0.50"}, {}, [leak(HAUL, "0.50")]),
        ({}, {"linehaul": "900.00"}, []),
        (
            {"linehaul": "1000.00", "fuel_surcharge": "250.00"},
            {"linehaul": "0.00", "fuel_surcharge": "200.00"},
            [leak(HAUL, "100.00"), leak(FUEL, "50.00")],
        ),
    ],
    ids=["all of it", "a part of it", "none of it", "nothing stays invoiced", "never owed",
         "two charges"],
)  # fmt: skip
def test_money_that_was_owed_and_is_taken_back_is_let_go_with_its_reason(owed, invoiced, leaks):
    assert gone(owed=owed, invoiced=invoiced) == tuple(leaks)
