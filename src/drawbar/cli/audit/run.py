"""One audit from the first file to the last bill: read all, know all names, then judge in order."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from msgspec import Struct, msgpack, structs

from drawbar.cli.audit.assembly import own_names, papers_of
from drawbar.cli.audit.billing import Billed, bills_of
from drawbar.cli.audit.document import AuditedBill
from drawbar.cli.audit.gap import with_gaps
from drawbar.cli.audit.odd_time import billed_early, may_be_twice, shown_twice
from drawbar.cli.audit.paper import EventPaper
from drawbar.cli.audit.reading import Reader
from drawbar.cli.audit.setting import Columns
from drawbar.cli.audit.shelf import SpoolShelf
from drawbar.cli.audit.spool import Spool
from drawbar.cli.audit.telling import told
from drawbar.cli.audit.unread import Refused, UnreadList
from drawbar.flow.company import Company
from drawbar.flow.needs import found_by
from drawbar.flow.shadow import Shadow
from drawbar.flow.shadow_load import Opened, attribute_names, opened
from drawbar.flow.shadow_names import meant, names_of, unclear
from drawbar.flow.shadow_outcome import Asked, Outcome
from drawbar.flow.shadow_verdict import Evidence
from drawbar.freight.contract import Side
from drawbar.freight.party import Carrier
from drawbar.freight.payee import Remittance
from drawbar.freight.reference import ReferenceKind
from drawbar.matching.identity import LADDER, One

LINES_MAX = 20_000
"""A bill with more lines than this is no bill."""

_NOW = datetime(9999, 1, 1, tzinfo=UTC)
_encode = msgpack.Encoder().encode
_BILL = msgpack.Decoder(AuditedBill)

Progress = Callable[[str, int, int], None]


class Asks(Struct, frozen=True, kw_only=True):
    """What a bill must wait for, and what kinds of evidence there are at all."""

    delivery: bool
    proof: bool
    evidence: Evidence


def asks_of(reader: Reader, columns: Columns) -> Asks:
    """Return what is asked for: by word of the folder's owner, else by what was given."""
    events = bool(reader.counts["events"])
    return Asks(
        delivery=columns.delivery == "asked" or (columns.delivery == "auto" and events),
        proof=columns.proof == "asked" or (columns.proof == "auto" and reader.proofs > 0),
        evidence=Evidence(events=events, approvals=bool(reader.counts["approvals"])),
    )


class Audit:
    """The judging half of an audit: everything was read into the spool."""

    def __init__(
        self, spool: Spool, company: Company, unread: UnreadList, asks: Asks, progress: Progress
    ) -> None:
        """Judge what is in ``spool`` under ``company``."""
        policy = structs.replace(company.policy, pod_before_payment=asks.proof)
        bought = tuple(one for one in company.contracts if one.side is Side.BUY)
        self.company = structs.replace(company, policy=policy, contracts=bought)
        self.shelf = SpoolShelf(spool, self._open)
        self._spool, self._unread, self._asks, self._progress = spool, unread, asks, progress
        self._shadow = Shadow(self.company, self.shelf, evidence=asks.evidence)
        self._where: dict[str, str] = {}

    def run(self) -> None:
        """Put bills together, find whose events are whose, and judge every bill."""
        self._spool.index_loads()
        self._name_shipments()
        for table in ("events", "approvals"):
            self._assign(table)
            self._spool.index(table)
        self._put_together()
        if any(map(self._is_lost, self._spool.bills())):
            self._name_by_attributes()
        self._judge()

    def results(self) -> Iterator[AuditedBill]:
        """Yield every bill as decided, in the order in which they were received."""
        query = "SELECT body FROM results ORDER BY place"
        for (body,) in self._spool.rows.execute(query):
            yield _BILL.decode(body)

    def _open(self, ref: str) -> Opened:
        papers = self._spool.papers(ref)
        return opened(papers, self.company, known_at=_NOW, delivery_asked=self._asks.delivery)

    def _name_shipments(self) -> None:
        """Let every shipment that makes sense be found by its names; note the others."""
        for ref, heads, stops in self._spool.described():
            try:
                papers_of(heads, stops=stops)
            except Refused as error:
                self._note(heads[0].where, error)
                continue
            except ValueError as error:
                self._note(heads[0].where, Refused(str(error), remedy="Correct its stops."))
                continue
            for head in heads:
                names = own_names(head)
                for key in names_of(names, carrier_ref=head.carrier_ref, company=self.company):
                    self._spool.name(key, ref)

    def _is_lost(self, billed: Billed) -> bool:
        """Return whether a bill says which move it is for, and no reference of it leads to one."""
        keys = found_by(billed.asked.fact, self.company)
        if not any(key.kind is ReferenceKind.ATTRIBUTES for key in keys):
            return False
        return not any(key.kind in LADDER and self._spool.bearers(key) for key in keys)

    def _name_by_attributes(self) -> None:
        """Let every shipment be found by carrier, pickup day and places too."""
        for ref in self._spool.shipments():
            try:
                papers = self._spool.papers(ref)
            except ValueError:  # noted when it was named
                continue
            for key in attribute_names(papers, self.company):
                self._spool.name(key, ref)

    def _note_twice(self, paper: EventPaper, ref: str) -> None:
        if not may_be_twice(paper):
            return
        try:
            stops = self._spool.papers(ref).order.stops
        except ValueError:  # noted when it was named
            return
        self._remark(paper.where, shown_twice(paper, stops))

    def _remark(self, where: str, said: Refused | None) -> None:
        if said is not None:
            self._unread.note(*_spot(where), said)

    def _note(self, where: str, error: Refused) -> None:
        self._unread.add(*_spot(where), error)

    def _assign(self, table: str) -> None:
        """Give every event or approval to the shipment that it means; note what means none."""
        for number, _, paper in self._spool.each(table):
            by = paper.reported_by if isinstance(paper, EventPaper) else ""
            bearers = self._spool.bearers
            found = meant(paper.references, said_by=by, bearers=bearers, company=self.company)
            if isinstance(found, One):
                self._spool.move(table, number, found.shipment_ref)
                if isinstance(paper, EventPaper):
                    self._note_twice(paper, found.shipment_ref)
            else:
                text, remedy = unclear(found)
                self._note(paper.where, Refused(text, field="shipment", remedy=remedy))

    def _put_together(self) -> None:
        self._spool.index("lines")
        self._spool.index("gaps")
        for document, count, lines in self._spool.documents(LINES_MAX):
            if count > LINES_MAX:
                self._unread.add(
                    lines[0].where.rpartition(" row ")[0], "", _endless(count, lines[0].invoice)
                )
                continue
            try:
                self._spool.put_bills(with_gaps(bills_of(lines), self._spool.gaps(document)))
            except ValueError as error:
                self._note(lines[0].where, _impossible(lines[0].invoice, error))
        self._spool.index("bills")

    def _judge(self) -> None:
        total = self._spool.count("bills")
        before, copies = "", 0
        for number, billed in enumerate(self._spool.bills()):
            digest = billed.order[-1]
            copies = copies + 1 if digest == before else 0
            before = digest
            asked = self._on_file(_numbered(billed.asked, copies))
            try:
                outcomes = self._shadow.decided(asked)
            except ValueError as error:  # input that cannot be: it stops no other bill
                invoice = asked.fact.bill.invoice_number
                self._note(billed.where, _impossible(invoice, error))
                continue
            self._keep(outcomes, number, billed.where)
            if not number % 200:
                self._progress("judged", number, total)
        self._keep(self._shadow.given_up(), total, "")
        self._progress("judged", total, total)

    def _on_file(self, asked: Asked) -> Asked:
        """Return a bill without whom to pay, where nothing is on file about its carrier's payee."""
        bill = asked.fact.bill
        carrier = self.company.carriers.get(bill.carrier_ref)
        if not bill.remit_to or _is_on_file(carrier):
            return asked
        fact = structs.replace(asked.fact, bill=structs.replace(bill, remit_to=""))
        return structs.replace(asked, fact=fact)

    def _keep(self, outcomes: tuple[Outcome, ...], number: int, where: str) -> None:
        rows = self._spool.rows
        for one in outcomes:
            ref = one.bill.bill_ref
            load = self.shelf.load(one.shipment_ref) if one.shipment_ref else None
            old = rows.execute("SELECT place, body FROM results WHERE ref = ?", (ref,)).fetchone()
            place = _BILL.decode(old[1]).place if old else where
            bill = told(one, load, place=place)
            if old is None and load is not None:
                self._remark(place, billed_early(one, load))
            row = (ref, old[0] if old else number, _encode(bill))
            rows.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", row)


def _spot(where: str) -> tuple[str, str]:
    """Return the file and the place in it, such as "bills.csv" and "row 2"."""
    file, is_row, place = where.rpartition(" row ")
    return (file, f"row {place}") if is_row else (where, "")


def _is_on_file(carrier: Carrier | None) -> bool:
    """Return whether anything says who is paid for a carrier's bills: its name, or more."""
    if carrier is None:
        return False
    return carrier.name != carrier.carrier_ref or carrier.remittance != Remittance()


def _numbered(asked: Asked, copies: int) -> Asked:
    """Return a bill that says the same as one before under a number of its own."""
    if not copies:
        return asked
    ref = f"{asked.fact.bill.bill_ref}-{copies + 1}"
    bill = structs.replace(asked.fact.bill, bill_ref=ref)
    return structs.replace(asked, fact=structs.replace(asked.fact, key=ref, bill=bill))


def _endless(count: int, invoice: str) -> Refused:
    return Refused(
        f"invoice {invoice} has {count:,} lines; a bill with more than {LINES_MAX:,} is not judged",
        field="invoice",
        remedy="Check the invoice numbers of the file.",
    )


def _impossible(invoice: str, error: ValueError) -> Refused:
    return Refused(
        f"invoice {invoice} says what cannot be: {error}",
        field="amount",
        remedy="Correct its amounts.",
    )
