"""The message to the bank, letter by letter, and each flaw that keeps it from being sent."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec import structs

from drawbar.freight.money import Money
from drawbar.freight.payee import BankAccount, PostalAddress
from drawbar.freight.payment import PaidBill, PaymentOrder
from drawbar.settlement.pain001 import (
    Debtor,
    Instruction,
    UnfitPayments,
    control_sum,
    pain001,
    spelled,
)

OWN = BankAccount(holder="Acme", number="9001", routing="021000021", bic="CHASUS33")
ABLE = BankAccount(holder="Able Bodied Carriers", number="1001", routing="011401533")
KRANICH = BankAccount(holder="Kranich & Söhne", iban="DE89 3704 0044 0532 0130 00", country="DE")
ACME = Debtor(
    name="Acme Logistics",
    account=OWN,
    address=PostalAddress(
        country="US",
        city="Dallas",
        street="Elm & Main <Street>",
        building="100",
        postal_code="75201",
        region="Texas",
    ),
)


def order(
    ref: str = "R-1-001",
    amount: str = "10.00",
    currency: str = "USD",
    *,
    account: BankAccount = ABLE,
    numbers: tuple[str, ...] = ("19267",),
    address: PostalAddress | None = None,
) -> PaymentOrder:
    """Return a payment of one amount; every further number is of a bill about nothing."""
    nothing = Money(Decimal(0), currency)
    bills = tuple(
        PaidBill(
            bill_ref=f"B-{number}",
            carrier_ref="ABCD",
            shipment_ref="S-1",
            invoice_number=number,
            billed=nothing,
            gross=nothing if at else Money(Decimal(amount), currency),
            discount=nothing,
            netted=nothing,
        )
        for at, number in enumerate(numbers)
    )
    return PaymentOrder(
        payment_ref=ref, payee_ref="ABCD", name="A", account=account, bills=bills, address=address
    )


def told(*orders: PaymentOrder, ref: str = "R-260410", debtor: Debtor = ACME) -> Instruction:
    return Instruction(
        message_ref=ref,
        created_at=datetime(2026, 4, 10, 14, 5, 9, tzinfo=UTC),
        pay_on=date(2026, 4, 13),
        debtor=debtor,
        orders=orders,
    )


ACME_PARTY = (
    "<Dbtr><Nm>Acme Logistics</Nm><PstlAdr><StrtNm>Elm + Main Street</StrtNm><BldgNb>100</BldgNb>"
    "<PstCd>75201</PstCd><TwnNm>Dallas</TwnNm><CtrySubDvsn>Texas</CtrySubDvsn><Ctry>US</Ctry>"
    "</PstlAdr></Dbtr>"
)
ACME_BANK = (
    "<DbtrAgt><FinInstnId><BICFI>CHASUS33</BICFI><ClrSysMmbId><ClrSysId><Cd>USABA</Cd></ClrSysId>"
    "<MmbId>021000021</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>"
)
EUROS = (
    "<PmtInf><PmtInfId>R-260410-EUR</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>false</BtchBookg>"
    "<NbOfTxs>1</NbOfTxs><CtrlSum>70.25</CtrlSum><ReqdExctnDt><Dt>2026-04-13</Dt></ReqdExctnDt>"
    f"{ACME_PARTY}"
    "<DbtrAcct><Id><Othr><Id>9001</Id></Othr></Id><Ccy>EUR</Ccy></DbtrAcct>"
    f"{ACME_BANK}"
    "<CdtTrfTxInf><PmtId><InstrId>R-1-002</InstrId><EndToEndId>R-1-002</EndToEndId></PmtId>"
    '<Amt><InstdAmt Ccy="EUR">70.25</InstdAmt></Amt>'
    "<CdtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></CdtrAgt>"
    "<Cdtr><Nm>Kranich + Sohne</Nm><PstlAdr><TwnNm>Koln</TwnNm><Ctry>DE</Ctry></PstlAdr></Cdtr>"
    "<CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct>"
    "<RmtInf><Ustrd>R-1-002 for 19268</Ustrd></RmtInf></CdtTrfTxInf></PmtInf>"
)
DOLLARS = (
    "<PmtInf><PmtInfId>R-260410-USD</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>false</BtchBookg>"
    "<NbOfTxs>1</NbOfTxs><CtrlSum>2131.50</CtrlSum><ReqdExctnDt><Dt>2026-04-13</Dt></ReqdExctnDt>"
    f"{ACME_PARTY}"
    "<DbtrAcct><Id><Othr><Id>9001</Id></Othr></Id><Ccy>USD</Ccy></DbtrAcct>"
    f"{ACME_BANK}"
    "<CdtTrfTxInf><PmtId><InstrId>R-1-001</InstrId><EndToEndId>R-1-001</EndToEndId></PmtId>"
    '<Amt><InstdAmt Ccy="USD">2131.50</InstdAmt></Amt>'
    "<CdtrAgt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>USABA</Cd></ClrSysId><MmbId>011401533</MmbId>"
    "</ClrSysMmbId></FinInstnId></CdtrAgt>"
    "<Cdtr><Nm>Able Bodied Carriers</Nm></Cdtr>"
    "<CdtrAcct><Id><Othr><Id>1001</Id></Othr></Id></CdtrAcct>"
    "<RmtInf><Ustrd>R-1-001 for 19267, 19-270</Ustrd></RmtInf></CdtTrfTxInf></PmtInf>"
)


def test_a_message_tells_each_currency_payment_and_bank_in_this_order():
    koln = PostalAddress(country="DE", city="Köln")

    body = pain001(
        told(
            order("R-1-001", "2131.50", numbers=("19267", "19-270")),
            order("R-1-002", "70.25", "EUR", account=KRANICH, address=koln, numbers=("19268",)),
        )
    )

    assert body.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>'
        "<GrpHdr><MsgId>R-260410</MsgId><CreDtTm>2026-04-10T14:05:09Z</CreDtTm>"
        "<NbOfTxs>2</NbOfTxs><CtrlSum>2201.75</CtrlSum>"
        "<InitgPty><Nm>Acme Logistics</Nm></InitgPty></GrpHdr>"
        f"{EUROS}{DOLLARS}</CstmrCdtTrfInitn></Document>\n"
    )


def test_each_part_of_an_address_is_cut_where_the_schema_ends_it():
    long = PostalAddress(
        country="US",
        city="C" * 36,
        street="S" * 71,
        building="B" * 17,
        postal_code="P" * 17,
        region="R" * 36,
    )

    body = pain001(told(order(address=long))).decode()

    assert (
        f"<PstlAdr><StrtNm>{'S' * 70}</StrtNm><BldgNb>{'B' * 16}</BldgNb><PstCd>{'P' * 16}</PstCd>"
        f"<TwnNm>{'C' * 35}</TwnNm><CtrySubDvsn>{'R' * 35}</CtrySubDvsn><Ctry>US</Ctry></PstlAdr>"
    ) in body


def test_names_and_remittance_are_cut_too_and_end_in_no_blank():
    named = structs.replace(ABLE, holder="N" * 69 + " Carriers")

    body = pain001(told(order(account=named, numbers=("1" * 140,)))).decode()

    assert f"<Cdtr><Nm>{'N' * 69}</Nm></Cdtr>" in body
    assert f"<Ustrd>R-1-001 for {'1' * 128}</Ustrd>" in body


def test_an_account_number_is_told_safely_whatever_it_holds():
    odd = BankAccount(holder="Able", number="<1>&2", routing="011401533")

    assert "<Othr><Id>&lt;1&gt;&amp;2</Id></Othr>" in pain001(told(order(account=odd))).decode()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Straße & Søn", "Strasse + Son"),
        ("Æro ÆØæøŁł", "AEro AEOaeoLl"),
        ("  Łódź\tTruckíng  ™ ", "Lodz Trucking TM"),
        ("a_b*c", "a b c"),
        ("A/B-C?D:E(F)G.H,I'J+K 9", "A/B-C?D:E(F)G.H,I'J+K 9"),
        ("運送", ""),
    ],
    ids=["spelled out", "northern letters", "accents and blanks", "other signs", "what may stay",
         "no Latin letter"],
)  # fmt: skip
def test_a_text_is_told_in_the_letters_that_every_bank_takes(text, plain):
    assert spelled(text) == plain


def test_the_control_sum_of_nothing_is_zero_and_of_two_currencies_their_figures():
    assert control_sum(()) == Decimal(0)
    assert control_sum((order(amount="1.50"), order("R-2", "2", "EUR"))) == Decimal("3.50")


NO_BANK = BankAccount(holder="Able", number="1001", country="CA")
REF_35 = "R-" + "1" * 33


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (told(), "there is nothing to pay"),
        (
            told(order(), debtor=structs.replace(ACME, name="運送")),
            "the debtor has no name in Latin letters",
        ),
        (
            told(order(), order(amount="2.00")),
            "two payments bear one reference",
        ),
        (
            told(order(), ref="R" * 32),
            f"'{'R' * 32}-USD' is no reference of 35 Latin characters at most",
        ),
        (
            told(order(REF_35 + "1")),
            f"'{REF_35}1' is no reference of 35 Latin characters at most",
        ),
        (told(order("")), "'' is no reference of 35 Latin characters at most"),
        (told(order("/R")), "'/R' is no reference of 35 Latin characters at most"),
        (told(order("R/")), "'R/' is no reference of 35 Latin characters at most"),
        (told(order("R//1")), "'R//1' is no reference of 35 Latin characters at most"),
        (told(order("Ré")), "'Ré' is no reference of 35 Latin characters at most"),
        (told(order(amount="0.00")), "R-1-001: 0.00 USD is nothing to instruct"),
        (
            told(order(amount="1.001")),
            "R-1-001: 1.001 USD is not in whole units of 0.01 USD",
        ),
        (
            told(order(amount="1.5", currency="JPY")),
            "R-1-001: 1.5 JPY is not in whole units of 1 JPY",
        ),
        (
            told(order(amount="1.000000")),
            "R-1-001: 1.000000 USD is not in whole units of 0.01 USD",
        ),
        (
            told(order(amount="12345678901234.00000")),
            "the control sum has more than 18 figures;"
            " R-1-001: 12,345,678,901,234.00000 USD is not in whole units of 0.01 USD",
        ),
        (
            told(order(account=structs.replace(ABLE, holder="運送"))),
            "R-1-001: the payee has no name in Latin letters",
        ),
        (
            told(order(address=PostalAddress(country="US"))),
            "R-1-001: an address has at least its town and the two letters of its country",
        ),
        (
            told(order(address=PostalAddress(country="", city="Dallas"))),
            "R-1-001: an address has at least its town and the two letters of its country",
        ),
        (
            told(order(address=PostalAddress(country="AUT", city="Wien"))),
            "R-1-001: an address has at least its town and the two letters of its country",
        ),
        (
            told(order(), debtor=structs.replace(ACME, address=PostalAddress(country="USA"))),
            "the debtor's address names no country by its two letters",
        ),
        (
            told(order(account=NO_BANK)),
            "R-1-001: an account that is no IBAN needs its bank's routing number or BIC",
        ),
        (
            told(order(amount="0.00"), order("R-2", account=NO_BANK)),
            "R-1-001: 0.00 USD is nothing to instruct; R-2: an account that is no IBAN needs"
            " its bank's routing number or BIC",
        ),
    ],
    ids=[
        "nothing", "a debtor without a name", "one reference twice", "a message named too long",
        "a payment named too long", "an empty name", "a slash first", "a slash last",
        "two slashes", "an accent", "nothing to instruct", "part of a cent", "part of a yen",
        "six decimals", "19 figures", "a payee without a name", "no town", "no country",
        "a country of three letters", "a debtor's too",
        "no bank", "two flaws",
    ],
)  # fmt: skip
def test_a_flaw_is_named_with_its_payment(wrong, text):
    with pytest.raises(UnfitPayments) as refused:
        pain001(wrong)

    assert str(refused.value) == text


@pytest.mark.parametrize(
    "fit",
    [
        told(order("R")),
        told(order(REF_35), ref="R" * 31),
        told(order(amount="0.01")),
        told(order(amount="1.00000")),
        told(order(amount="1234567890123.00000")),
        told(order("R-1", "999999999999999.00"), order("R-2", "999999999999999.00")),
        told(order(account=structs.replace(NO_BANK, bic="ROYCCAT2"))),
        told(order(account=KRANICH)),
    ],
    ids=["a name of one letter", "names of 35", "a cent", "five decimals", "18 figures",
         "a sum of 18 figures", "a BIC", "an IBAN"],
)  # fmt: skip
def test_what_a_bank_takes_is_sent(fit):
    assert pain001(fit).startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns=')
