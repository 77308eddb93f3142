"""Read a folder into the spool: every file by what it is, every row by what it says."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct, structs

from drawbar.cli.audit.bill_row import BillWords, lines_of
from drawbar.cli.audit.edi_file import EdiReader
from drawbar.cli.audit.edi_remark import Remarks
from drawbar.cli.audit.edi_set import EdiWords
from drawbar.cli.audit.event_row import approval_of, event_of
from drawbar.cli.audit.gap import document_of, gap_of
from drawbar.cli.audit.load_row import goods_of, load_of, stop_of
from drawbar.cli.audit.paper import ApprovalPaper, EventPaper, LoadPaper, LostRow
from drawbar.cli.audit.paper import Seen as Moment
from drawbar.cli.audit.row import Row
from drawbar.cli.audit.setting import Codes, Columns
from drawbar.cli.audit.source import Source, rows
from drawbar.cli.audit.spool import Spool
from drawbar.cli.audit.unread import Refused, UnreadList
from drawbar.cli.audit.word import carrier_words, charge_words, event_words
from drawbar.connectors.x12_folder import code_map
from drawbar.flow.company import Company
from drawbar.freight.charge import ChargeKind
from drawbar.freight.milestone import MilestoneKind
from drawbar.freight.reference import ReferenceKind

TABLES = ("shipments", "stops", "goods", "events", "approvals", "bills")
"""In the order in which they are read."""

Seen = Callable[[str, int], None]


class Words(Struct, frozen=True, kw_only=True):
    """What the words of these files mean."""

    carriers: dict[str, str]
    charges: Mapping[str, ChargeKind]
    events: Mapping[str, MilestoneKind]
    references: Mapping[str, ReferenceKind]
    today: date

    @property
    def tonight(self) -> datetime:
        """Return the last instant that is not in the future."""
        return datetime.combine(self.today + timedelta(days=1), time(23, 59), UTC)


def words_of(codes: Codes, company: Company, *, today: date) -> Words:
    """Return the meanings of a folder's words."""
    known = {ref: one.name for ref, one in company.carriers.items()}
    return Words(
        carriers=carrier_words(codes, known),
        charges=charge_words(codes),
        events=event_words(codes),
        references={**code_map.REFERENCES, **codes.references},
        today=today,
    )


class Reader:
    """Takes rows into the spool, and notes those that it cannot take."""

    def __init__(
        self, spool: Spool, words: Words, columns: Columns, unread: UnreadList, *, currency: str
    ) -> None:
        """Read with these meanings; ``currency`` is for amounts that name none."""
        self.spool, self.words, self.unread = spool, words, unread
        self.columns = columns if columns.currency else structs.replace(columns, currency=currency)
        charges = dict(words.charges)
        self._bill_words = BillWords(carriers=words.carriers, charges=charges, today=words.today)
        self.counts = dict.fromkeys(TABLES, 0)
        edi_words = EdiWords(
            carriers=words.carriers,
            charges=words.charges,
            events=words.events,
            references=words.references,
            tonight=words.tonight,
        )
        self._edi = EdiReader(
            currency=self.columns.currency,
            zone=columns.zone,
            words=edi_words,
            unread=unread,
            remarks=Remarks(edi_words, unread),
        )
        self.proofs = 0
        self.assumes_currency = False
        self.shipments = 0
        self._take: dict[str, Callable[[Row], None]] = {
            "shipments": self._shipments,
            "stops": self._stops,
            "goods": self._goods,
            "events": self._events,
            "approvals": self._approvals,
            "bills": self._bills,
        }

    def read(self, source: Source, seen: Seen) -> None:
        """Take in every row of a file. ``seen`` is told how many there were so far."""
        for number, row in enumerate(rows(source, self.columns, self.unread), start=1):
            kind = row.sheet.kind
            try:
                row.refuse_beyond()
                self._take[kind](row)
                self.counts[kind] += 1
                for remark in row.remarks:
                    self.unread.note(source.name, row.place, remark)
            except Refused as error:
                self.unread.add(source.name, row.place, error)
                self._missing(row, error)
            except ValueError as error:
                said = Refused(str(error), remedy="Correct the row.")
                self.unread.add(source.name, row.place, said)
                self._missing(row, error)
            if not number % 2000:
                seen(source.name, number)

    def read_edi(self, source: Source) -> None:
        """Take in every set of an EDI file."""
        for said in self._edi.read(source):
            if isinstance(said, EventPaper):
                self.event(said)
                self.counts["events"] += 1
            elif isinstance(said, LoadPaper):
                self.load(said)
            else:
                self.spool.put("lines", *said)
                self.assumes_currency |= self._edi.assumes_currency
                self.counts["bills"] += 1

    def load(self, paper: LoadPaper) -> None:
        """Take in a shipment."""
        self.spool.put("loads", paper.shipment_ref, paper)
        self.shipments += 1
        self.proofs += len(paper.signed)
        self.counts["events"] += sum(len(stop.seen) for stop in paper.stops)

    def event(self, paper: EventPaper) -> None:
        """Take in an event; whose it is shows when all shipments are known."""
        self.spool.put("events", "", paper)
        self.proofs += bool(paper.signer)

    def approval(self, paper: ApprovalPaper) -> None:
        """Take in an approval or a receipt."""
        self.spool.put("approvals", "", paper)

    def _shipments(self, row: Row) -> None:
        paper = load_of(row, self.words.carriers)
        for stop in paper.stops:
            self._refuse_ahead(stop.seen)
        self.load(paper)

    def _stops(self, row: Row) -> None:
        paper = stop_of(row)
        self._refuse_ahead(paper.seen)
        self.spool.put("stops", row.needed("shipment"), paper)
        self.counts["events"] += len(paper.seen)

    def _refuse_ahead(self, seen: tuple[Moment, ...]) -> None:
        """Raise ``Refused`` for what is said to have happened after today."""
        for one in seen:
            if one.at > self.words.tonight:
                _, _, field = one.where.rpartition(", ")
                raise Refused(
                    f"{one.at:%Y-%m-%d %H:%MZ} is in the future",
                    field=field,
                    remedy="Correct it, or say --as-of with a later day.",
                )

    def _goods(self, row: Row) -> None:
        for line in goods_of(row):
            self.spool.put("goods", row.needed("shipment"), line)

    def _events(self, row: Row) -> None:
        self.event(event_of(row, self.words.carriers, self.words.events, self.words.tonight))

    def _approvals(self, row: Row) -> None:
        self.approval(approval_of(row, self.words.carriers, self.words.charges))

    def _missing(self, row: Row, error: ValueError) -> None:
        """Keep whose bill, or which shipment, a row that could not be read is about."""
        if row.sheet.kind == "shipments":
            self._lose(row, error)
        found = gap_of(row, error, self.words.carriers) if row.sheet.kind == "bills" else None
        if found is not None:
            self.spool.put("gaps", *found)

    def _lose(self, row: Row, error: ValueError) -> None:
        """Keep that a shipment is described by a row that could not be read."""
        try:
            ref = row.needed("shipment")
        except Refused:
            return
        try:
            revision = row.count("revision") or 0
        except Refused:
            revision = None
        text = f"{row.sheet.file} {row.place}, which could not be read: {error}"
        self.spool.put("lost", ref, LostRow(revision=revision, text=text))

    def _bills(self, row: Row) -> None:
        papers = list(lines_of(row, self._bill_words))
        self.assumes_currency |= not row.text("currency")
        for paper in papers:
            document = document_of(row.sheet.file, paper.carrier_ref, paper.invoice)
            self.spool.put("lines", f"{document}\x1f{paper.billed_on.isoformat()}", paper)
