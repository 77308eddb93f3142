"""The order to the bank, read by others: the published schema and a parser that knows nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from drawbar.freight.money import Money
from drawbar.freight.payee import BankAccount, PostalAddress
from drawbar.freight.payment import PaidBill, PaymentOrder
from drawbar.settlement.pain001 import (
    NAMESPACE,
    Debtor,
    Instruction,
    UnfitPayments,
    pain001,
    spelled,
)

NS = {"p": NAMESPACE}
OWN = BankAccount(holder="Acme Logistics", number="9001", routing="021000021")
ABLE = BankAccount(holder="Able Bodied Carriers", number="1001", routing="011401533")
KRANICH = BankAccount(
    holder="Kranich & Söhne Spedition",
    iban="DE89 3704 0044 0532 0130 00",
    bic="COBADEFFXXX",
    country="DE",
)


@cache
def published() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(files("sepaxml") / "schemas" / "pain.001.001.09.xsd"))


def order(ref: str, amount: str | Decimal, currency: str = "USD", account=ABLE, **said):
    money, nothing = Money(Decimal(amount), currency), Money(Decimal(0), currency)
    paid = PaidBill(
        bill_ref=f"B-{ref}",
        carrier_ref="ABCD",
        shipment_ref="S-1",
        invoice_number="19267",
        billed=money,
        gross=money,
        discount=nothing,
        netted=nothing,
    )
    return PaymentOrder(
        payment_ref=ref, payee_ref="ABCD", name="Able", account=account, bills=(paid,), **said
    )


def told(*orders: PaymentOrder) -> Instruction:
    debtor = Debtor(name="Acme Logistics", account=OWN, address=PostalAddress(country="US"))
    return Instruction(
        message_ref="R-260410-7F3K2M9QPX",
        created_at=datetime(2026, 4, 10, 14, tzinfo=UTC),
        pay_on=date(2026, 4, 13),
        debtor=debtor,
        orders=orders,
    )


def read(body: bytes) -> ET.Element:
    return ET.fromstring(body)  # noqa: S314 - our own bytes


def texts(body: bytes, path: str) -> list[str]:
    return [one.text or "" for one in read(body).iterfind(f".//p:{path}", NS)]


def test_is_valid_against_the_published_schema_and_adds_up():
    address = PostalAddress(country="DE", city="Köln", street="Hafenstraße", building="5")
    body = pain001(
        told(
            order("R-1-001", "2131.50"),
            order("R-1-002", "70.25", "EUR", KRANICH, address=address),
            order("R-1-003", "100.00"),
        )
    )

    published().validate(body.decode())
    assert texts(body, "GrpHdr/p:NbOfTxs") == ["3"]
    assert texts(body, "GrpHdr/p:CtrlSum") == ["2301.75"]
    assert texts(body, "PmtInf/p:CtrlSum") == ["70.25", "2231.50"]
    assert texts(body, "CdtTrfTxInf/p:Cdtr/p:Nm")[0] == "Kranich + Sohne Spedition"
    assert texts(body, "EndToEndId") == ["R-1-002", "R-1-001", "R-1-003"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ((), "nothing to pay"),
        ((order("R-1-001", "0.00"),), "nothing to instruct"),
        ((order("R-1-001", "1.00"), order("R-1-001", "2.00")), "two payments bear one reference"),
        ((order("R" * 36, "1.00"),), "no reference of 35"),
        ((order("R//1", "1.00"),), "no reference of 35"),
        ((order("R-1-001", "1.001"),), "whole units of 0.01 USD"),
        ((order("R-1", "1.00", address=PostalAddress(country="US")),), "town"),
        ((order("R-1", "1.00", account=structs.replace(ABLE, holder="運送")),), "no name in Latin"),
    ],
    ids=["nothing", "zero", "twice", "too long", "slashes", "part of a cent", "no town", "letters"],
)
def test_what_a_bank_would_refuse_is_refused_here_and_named(wrong, said):
    with pytest.raises(UnfitPayments, match=said):
        pain001(told(*wrong))


def test_accents_go_and_nothing_else_is_lost():
    assert spelled("Łódź Truckíng & Søn ™") == "Lodz Trucking + Son TM"


@given(st.lists(st.decimals("0.01", "9999999", places=2), min_size=1, max_size=6))
def test_the_control_sum_is_what_the_payments_come_to_to_the_cent(amounts):
    orders = [order(f"R-1-{at:03d}", amount) for at, amount in enumerate(amounts)]
    body = pain001(told(*orders))

    (said,) = texts(body, "GrpHdr/p:CtrlSum")
    assert Decimal(said) == sum(amounts)
    assert sum(map(Decimal, texts(body, "InstdAmt"))) == sum(amounts)
