"""A small town to score: truth written by hand, books kept by the world's own ERP and carriers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from drawbar.world.clock import Clock
from drawbar.world.erp.document import Document, Documents, NewDocument, Posting
from drawbar.world.erp.payment import Payments, PayRun
from drawbar.world.erp.schema import ACCOUNTS, SCHEMA
from drawbar.world.score import Score, score_world
from drawbar.world.store import Store
from drawbar.world.truth import (
    AnyRecord,
    BilledLine,
    BillTruth,
    FaultTruth,
    Happened,
    LoadTruth,
    OrderTruth,
    ProofTruth,
    Seal,
    truth_line,
)

MONDAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def day(number: float) -> datetime:
    """Return noon of a day of the run, counted from 0."""
    return MONDAY + timedelta(days=number)


DAY_ONE, DELIVERED, VOUCHERED, END = day(1), day(2), day(2.01), day(30)


class Town:
    """A world's folder in the making."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = Clock()
        self.store = Store(folder / "erp" / "erp.sqlite", SCHEMA)
        self.documents = Documents(self.store, self.clock)
        self.payments = Payments(self.store, self.clock)
        self.truth: list[AnyRecord] = [
            Seal(
                seed=7,
                loads_per_day=1,
                begins_on=date(2026, 3, 2),
                days=30,
                version="1",
                digest="d",
            )
        ]
        with self.store.write() as db:
            db.executemany("INSERT INTO account VALUES (?, ?)", ACCOUNTS.items())
            for party in ("ABCD", "NRTH", "GLOBEX"):
                db.execute("INSERT INTO party VALUES (?, ?, 'x')", (party, party))

    # the truth

    def order(self, order: str, at: datetime = MONDAY, **more: Any) -> None:
        """Let a customer enter an order."""
        said = {"customer": "GLOBEX", "names": (order,), "pieces": 10, "entered_at": at}
        self.truth.append(OrderTruth(order=order, **(said | more)))

    def load(
        self,
        order: str,
        carrier: str = "ABCD",
        delivered_at: datetime | None = DELIVERED,
        **more: Any,
    ) -> None:
        """Let a carrier take an order and, unless told otherwise, deliver it two days later."""
        happened = (
            (Happened(milestone="delivered", stop=2, at=delivered_at),) if delivered_at else ()
        )
        said = {
            "tender": f"S-{order}-V1T1",
            "shipment": f"S-{order}",
            "pro": "P1",
            "accepted_at": day(0),
            "happened": happened,
            "revenue_cents": 200_000,
        }
        self.truth.append(LoadTruth(order=order, carrier=carrier, **(said | more)))

    def proof(self, order: str, at: datetime = DELIVERED, kind: str = "clean") -> None:
        """Let somebody hand in a proof."""
        self.truth.append(ProofTruth(order=order, sent_at=at, pieces=10, signer="Ana", kind=kind))

    def bill(
        self,
        order: str,
        billed: str = "1000.00",
        payable: str | None = None,
        at: datetime = DELIVERED,
        **more: Any,
    ) -> None:
        """Let a carrier bill a load; it is clean where all of it is payable."""
        cents, due = _cents(billed), _cents(payable or billed)
        said: dict[str, Any] = {
            "key": f"bill-{len(self.truth)}",
            "carrier": "ABCD",
            "number": f"N-{order}",
            "sent_at": at,
            "currency": "USD",
            "nature": "clean" if cents == due else "error",
            "kind": "clean" if cents == due else "wrong_rate",
            "lines": (BilledLine(code="linehaul", cents=cents, payable_cents=due),),
        }
        self.truth.append(
            BillTruth(order=order, billed_cents=cents, payable_cents=due, **(said | more))
        )

    def fault(self, kind: str = "erp_outage", at: datetime = DAY_ONE) -> None:
        """Let something go wrong."""
        self.truth.append(FaultTruth(kind=kind, subject="erp", at=at))

    def whole(self, order: str, **bill: Any) -> None:
        """Let an order be driven, proven and billed."""
        self.order(order)
        self.load(order, carrier=bill.get("carrier", "ABCD"))
        self.proof(order)
        self.bill(order, **bill)

    # the firm

    def voucher(
        self,
        order: str,
        amount: str = "1000.00",
        at: datetime = VOUCHERED,
        *,
        ours: str = "",
        revision: int = 1,
        **more: Any,
    ) -> Document:
        """Post what the firm approved of a bill."""
        ours = ours or f"B-{order}"
        again = f"#{revision}" if revision > 1 else ""
        number = more.pop("number", f"N-{order}")
        party = more.get("party", "ABCD")
        said = {
            "kind": "voucher",
            "reference": f"{number}/{ours}{again}",
            "origin": f"{ours}/{revision}",
            "subject": f"freight_bill {ours}",
            "party": party,
            "total": Decimal(amount),
            "lines": _lines("5100", "2000", amount, f"{party} {number} for S-{order}"),
        }
        return self.post(at, **(said | more))

    def credit(
        self,
        order: str,
        amount: str,
        at: datetime = VOUCHERED,
        *,
        ours: str = "",
        number: str = "",
    ) -> None:
        """Post a journal by which a carrier is owed less."""
        ours = ours or f"B-{order}"
        text = f"ABCD {number or f'N-{order}'} for S-{order}"
        self.post(
            at,
            kind="journal",
            reference=f"freight_bill:{ours}:bill_approved:2",
            origin=f"{ours}/2",
            subject=f"freight_bill {ours}",
            lines=_lines("2000", "5100", amount, text),
        )

    def invoice(
        self, order: str, amount: str = "2000.00", at: datetime = VOUCHERED, *, number: int = 1
    ) -> Document:
        """Post what a customer owes."""
        ref = f"I-{number:06d}"
        return self.post(
            at,
            kind="invoice",
            reference=ref,
            origin=ref,
            subject=f"customer_invoice {ref}",
            party="GLOBEX",
            total=Decimal(amount),
            lines=_lines("1200", "4000", amount, f"Invoice {ref} for S-{order}"),
        )

    def post(self, at: datetime, **said: Any) -> Document:
        """Post any document."""
        self.clock.set(at)
        new = NewDocument(**({"currency": "USD", "dated": at.date()} | said))
        return self.documents.post(self.documents.put(new).id)

    def pay(self, at: datetime) -> None:
        """Let the ERP pay everything that is open."""
        self.clock.set(at)
        self.payments.pay(PayRun(paid_on=at.date()))

    # the score

    def score(self, at: datetime = END, **more: Any) -> Score:
        """Seal the truth and count."""
        lines = b"".join(truth_line(one) for one in self.truth)
        (self.folder / "truth.jsonl").write_bytes(lines)
        return score_world(self.folder, now=at, **more)


@contextmanager
def founded(folder: Path) -> Iterator[Town]:
    """Found a town in a folder."""
    town = Town(folder)
    yield town
    town.store.close()


def _cents(amount: str) -> int:
    return int(Decimal(amount) * 100)


def _lines(debit: str, credit: str, amount: str, text: str) -> tuple[Posting, ...]:
    sum_ = Decimal(amount)
    return (
        Posting(account=debit, debit=sum_, text=text),
        Posting(account=credit, credit=sum_, text=text),
    )
