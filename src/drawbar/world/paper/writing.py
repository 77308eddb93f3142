"""Write a plan as papers: the firm's own folder and tables, and what each carrier sent.

The truth goes where the caller says, never into the folder that is audited.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from drawbar.world.behaviour import Bill
from drawbar.world.carrier_csv.sheet import written
from drawbar.world.carrier_csv.voice import bill_rows
from drawbar.world.paper.codes import codes
from drawbar.world.paper.mail import SPEAKS, Said, files_of
from drawbar.world.paper.rows import (
    Row,
    approval_row,
    event_row,
    position_row,
    shipment_row,
    stop_rows,
)
from drawbar.world.paper.taken import acceptance_of, known_by
from drawbar.world.plan import (
    Acceptance,
    Drive,
    Json,
    OrderPlan,
    Plan,
    company_files,
    drive,
    seal_of,
)
from drawbar.world.truth import AnyRecord, truth_line

PORTAL = "PRHL"


class Papers:
    """The papers of one plan while they pile up."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.tables: dict[str, list[Row]] = defaultdict(list)
        self.portal: list[Sequence[object]] = []
        self.feed: list[Json] = []
        self.mail: list[Said] = []
        self.truth: list[AnyRecord] = []

    def add(self, order: OrderPlan, taken: Acceptance, told: Drive) -> None:
        """Add everything that is known and said about a load."""
        known = known_by(order, taken)
        self.tables["shipments"].append(shipment_row(order, taken, told))
        self.tables["stops"].extend(stop_rows(order, taken))
        self.truth += [order.truth, told.truth]
        for one in told.sayings:
            body = {"key": one.key, **one.body}
            self.truth += [one.truth] if one.truth else []
            if one.mouth == "telematics":
                row = position_row(body, order)
                self.tables["events"] += [row] if row else []
            elif one.mouth == "desk":
                posted = body["body"]
                self.tables["approvals"] += [approval_row(posted)] if "kind" in posted else []
            elif taken.carrier in SPEAKS:
                self.mail.append(Said(carrier=taken.carrier, known=known, at=one.at, body=body))
            elif "report" in body:
                self.tables["events"].append(event_row(body, order, taken))
            elif "bill" in body:
                bill = msgspec.convert(body["bill"], Bill, strict=False)
                received = f"{one.at:%Y-%m-%dT%H:%M:%SZ}"
                self._bill(taken, [(*row, received) for row in bill_rows(known, bill)])

    def _bill(self, taken: Acceptance, rows: list[tuple[object, ...]]) -> None:
        if taken.carrier == PORTAL:
            self.portal.extend(rows)
        else:
            self.feed.extend(_flat(taken.carrier, row) for row in rows)


def write_paper(plan: Plan, folder: Path, truth: Path) -> None:
    """Write the papers of a plan into ``folder``, and what really happened into ``truth``."""
    papers = Papers()
    for order in plan.orders:
        taken = acceptance_of(plan, order)
        papers.add(order, taken, drive(plan, order, taken))
    for name, content in _files(plan, papers):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    records = (seal_of(plan), *papers.truth)
    truth.write_bytes(b"".join(truth_line(record) for record in records))


def _files(plan: Plan, papers: Papers) -> Iterable[tuple[str, bytes]]:
    yield from ((name, text.encode()) for name, text in company_files(plan).items())
    yield from ((f"{name}.csv", _table(rows)) for name, rows in papers.tables.items() if rows)
    yield "bills-portal.csv", _portal(papers.portal)
    yield "bills-feed.ndjson", b"".join(msgspec.json.encode(row) + b"\n" for row in papers.feed)
    yield "columns.yaml", COLUMNS.encode()
    yield "codes.yaml", codes().encode()
    yield from files_of(papers.mail)


COLUMNS = """\
# The portal's own habits; every other heading is understood as it is.
files:
  bills-portal.csv: {carrier: PRHL, dates: ["%m/%d/%Y"]}
"""

_FEED = (
    *("invoice", "invoice date", "tender", "shipment", "pro", "bol", "po", "order", "line"),
    *("charge", "description", "stop", "amount", "currency", "total", "remit to", "received"),
)


def _flat(carrier: str, row: tuple[object, ...]) -> Json:
    """Return a line of a bill as one object, empty fields left out, its day as ISO writes it."""
    told = {name: value for name, value in zip(_FEED, row, strict=True) if value != ""}
    month, day, year = str(told["invoice date"]).split("/")
    amounts = {name: str(told[name]).replace(",", "") for name in ("amount", "total")}
    return {"carrier": carrier, **told, **amounts, "invoice date": f"{year}-{month}-{day}"}


def _portal(rows: list[Sequence[object]]) -> bytes:
    """Return the portal's table, with the day on which we received each row behind it."""
    head, _, _ = written("bills", ()).decode().partition("\r\n")
    paper = io.StringIO()
    csv.writer(paper).writerows(rows)
    return f"{head},received\r\n{paper.getvalue()}".encode()


def _table(rows: list[Row]) -> bytes:
    paper = io.StringIO()
    writer = csv.DictWriter(paper, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return paper.getvalue().encode()
