"""A bank behind folders: one file for each run, whatever dies; its statements become facts."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec import structs

from drawbar.connectors.bank_folder.client import BankFolder
from drawbar.connectors.bank_folder.manifest import Folders, Settings
from drawbar.connectors.bank_folder.mapping import readers
from drawbar.connectors.port import Sending
from drawbar.freight.delivery import (
    Confirmed,
    Conflict,
    Existing,
    InstructPayments,
    Rejected,
    ReleaseStock,
    SendRemittance,
)
from drawbar.freight.lineage import Receipt
from drawbar.freight.money import Money
from drawbar.freight.payee import BankAccount
from drawbar.freight.payment import (
    NettedClaim,
    PaidBill,
    PaymentConfirmed,
    PaymentOrder,
    PaymentReturned,
)
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.settlement.pain001 import Debtor

NOW = datetime(2026, 4, 20, 15, tzinfo=UTC)
OWN = BankAccount(holder="Acme Logistics", number="9001", routing="021000021")
ABLE = BankAccount(holder="Able Bodied Carriers", number="1001", routing="011401533")


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def paid(ref: str, *, billed: str, gross: str, discount: str = "0.00", netted: str = "0.00"):
    return PaidBill(
        bill_ref=ref,
        carrier_ref="ABCD",
        shipment_ref="S-1001",
        invoice_number=f"I-{ref}",
        pro="123456789",
        billed=usd(billed),
        gross=usd(gross),
        discount=usd(discount),
        netted=usd(netted),
    )


ORDER = PaymentOrder(
    payment_ref="R-1-001",
    payee_ref="ABCD",
    name="Able Bodied Carriers",
    account=ABLE,
    bills=(
        paid("B-2", billed="-30.00", gross="-30.00", netted="-30.00"),
        paid("B-1", billed="2231.25", gross="2175.00", discount="43.50", netted="50.00"),
    ),
    claims=(NettedClaim(claim_ref="C-1", carrier_ref="ABCD", money=usd("20.00")),),
)
RUN = InstructPayments(run_ref="R-1", created_at=NOW, pay_on=date(2026, 4, 21), orders=(ORDER,))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folders = Folders(
        inbox=str(tmp_path / "in"), outbox=str(tmp_path / "out"), own=str(tmp_path / "own")
    )
    debtor = Debtor(name="Acme Logistics", account=OWN)
    return Settings(system="bank", folders=folders, debtor=debtor, stable_seconds=0)


@pytest.fixture
def bank(settings: Settings) -> BankFolder:
    return BankFolder(settings)


def sending(payload=RUN, key: str = "R-1", **said) -> Sending:
    stream = StreamKey(StreamKind.PAYMENT_RUN, "R-1")
    return Sending(number=7, business_key=key, stream=stream, payload=payload, **said)


def lying(settings: Settings) -> list[str]:
    return sorted(one.name for one in Path(settings.folders.outbox).iterdir())


def test_a_run_is_one_file_however_often_it_is_sent(bank, settings):
    first = bank.send(sending())
    (Path(settings.folders.outbox) / "R-1.xml").unlink()  # the bank took it
    again = bank.send(sending(attempt=2))

    assert isinstance(first, Confirmed)
    assert isinstance(again, Existing)
    assert lying(settings) == []
    assert bank.find("InstructPayments", "R-1") == ("R-1.xml",)
    assert first.said == bank.render(sending())


def test_dying_before_the_last_step_lays_it_out_once_and_dying_after_it_never_again(
    bank, settings, monkeypatch
):
    rename = Path.rename

    def dies(path: Path, target: Path) -> Path:
        if path.name == ".R-1.xml.part" and Path(target).parent.name == "out":
            raise OSError("power is gone")
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", dies)
        bank.send(sending())
    assert bank.find("InstructPayments", "R-1") == ()

    assert isinstance(bank.send(sending(attempt=2)), Confirmed)
    assert lying(settings) == ["R-1.xml"]


def test_another_content_under_our_key_is_a_conflict(bank):
    bank.send(sending())
    other = structs.replace(RUN, pay_on=date(2026, 4, 22))

    assert isinstance(bank.send(sending(other)), Conflict)


def test_what_no_bank_would_take_is_refused_and_not_laid_out(bank, settings):
    nameless = structs.replace(ORDER, account=structs.replace(ABLE, holder="運送"))
    outcome = bank.send(sending(structs.replace(RUN, orders=(nameless,))))

    assert isinstance(outcome, Rejected)
    assert "no name in Latin letters" in outcome.text
    assert not Path(settings.folders.outbox).exists()
    assert isinstance(bank.send(sending(ReleaseStock(order_ref="1"))), Rejected)


def test_a_remittance_names_every_bill_and_adds_up(bank):
    body = bank.render(sending(SendRemittance(order=ORDER, paid_on=date(2026, 4, 21)), "R-1-001"))

    lines = [one.split("*") for one in body.decode().split("~")]
    (total,) = (Decimal(one[2]) for one in lines if one[0] == "BPR")
    bills = [one for one in lines if one[0] == "RMR"]
    assert [(one[2], one[4], one[5]) for one in bills] == [
        ("I-B-2", "-30.00", "-30.00"),
        ("I-B-1", "2131.50", "2231.25"),
    ]
    assert bills[1][6] == "43.50"
    assert [one[1] for one in lines if one[0] == "ADX"] == ["-20.00", "-56.25"]
    assert total == sum(Decimal(one[4]) for one in bills) - 20 == Decimal("2081.50")
    assert ["REF", "CN", "123456789"] in lines


STATEMENT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Ntry><Amt Ccy="USD">2081.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
 <BookgDt><Dt>2026-04-21</Dt></BookgDt><NtryDtls><TxDtls>
 <Refs><AcctSvcrRef>TX9</AcctSvcrRef><EndToEndId>R-1-001</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="USD">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
 <BookgDt><DtTm>2026-04-22T09:00:00</DtTm></BookgDt><NtryDtls><TxDtls>
 <Refs><EndToEndId>R-1-002</EndToEndId></Refs><Amt Ccy="USD">30.00</Amt>
 <RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed</AddtlInf></RtrInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="USD">9.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts>
 <BookgDt><Dt>2026-04-22</Dt></BookgDt><NtryDtls><TxDtls>
 <Refs><EndToEndId>R-1-003</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="USD">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
 <BookgDt><Dt>2026-04-22</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>"""


def read(settings: Settings, body: str | bytes):
    receipt = Receipt(message_ref="M-1", sender="bank", learned_at=NOW)
    told = body if isinstance(body, bytes) else body.encode()
    return readers(settings)[settings.channel](told, receipt)


def test_a_statement_says_what_was_booked_and_what_came_back(settings):
    booked, back = read(settings, STATEMENT).facts

    assert isinstance(booked, PaymentConfirmed)
    assert (booked.payment_ref, booked.money, booked.bank_ref) == ("R-1-001", usd("2081.50"), "TX9")
    assert booked.booked_on == date(2026, 4, 21)
    assert isinstance(back, PaymentReturned)
    assert (back.payment_ref, back.code, back.text) == ("R-1-002", "AC04", "closed")


BOMB = STATEMENT.replace(
    "<Document", '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Document', 1
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (BOMB, "document type"),
        (BOMB.replace("UTF-8", "UTF-16").encode("utf-16"), "document type"),
        ("<a>" * 100 + "</a>" * 100, "too many or too deep"),
        ("<Document><Other/></Document>", "no camt"),
        ("<Document>", "no XML"),
        ("", "no XML"),
        (STATEMENT.replace("2081.50", "NaN"), "amount"),
        (STATEMENT.replace("2081.50", "1e400"), "amount"),
        (STATEMENT.replace("2026-04-21", "soon"), "no day"),
    ],
    ids=["doctype", "in UTF-16", "deep", "other", "cut off", "empty", "NaN", "1e400", "no date"],
)
def test_a_hostile_or_broken_statement_is_refused_with_its_reason(settings, body, said):
    reading = read(settings, body)

    assert reading.facts == ()
    assert said in reading.problems[0].text
