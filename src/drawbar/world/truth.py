"""The truth: what really happened in the world and what is really owed, kept sealed from the firm.

One JSON object a line, tagged by ``what``; amounts are integer cents, instants are UTC. Anybody may
write such a file with faults of their own: the scorer asks for nothing else.
"""

from datetime import date
from typing import Literal

import msgspec
from msgspec import Struct

from drawbar.freight.instant import Instant

Nature = Literal["clean", "error", "innocent"]
"""Whether a bill is as it should be, wrong, or only looks wrong."""


class Record(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag=True, tag_field="what"
):
    """One line of the truth."""


class Seal(Record, frozen=True, kw_only=True, tag="seal"):
    """The first line: which world this is. ``digest`` is the SHA-256 of its plan.

    ``wrong_per_mille`` is the share of loads with a wrong bill that was asked for.
    """

    seed: int
    loads_per_day: int
    begins_on: date
    days: int
    version: str
    digest: str
    wrong_per_mille: int | None = None


class OrderTruth(Record, frozen=True, kw_only=True, tag="order"):
    """An order as the customer meant it. ``revenue_cents`` is what it owes, once delivered."""

    order: str
    customer: str
    entered_at: Instant
    names: tuple[str, ...]
    pieces: int
    cancelled_at: Instant | None = None


class Owed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that a carrier is really owed, and by which clause. ``code`` is a charge kind."""

    code: str
    cents: int
    clause: str = ""


class Happened(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that really happened at a stop. ``milestone`` is a milestone kind's name."""

    milestone: str
    stop: int
    at: Instant


class LoadTruth(Record, frozen=True, kw_only=True, tag="load"):
    """Who drove an order, when, and what the carrier is owed for it, bill or no bill.

    ``shipment`` is the firm's name for it as the tender mentioned it; two lines of one order and
    carrier are versions of each other, and the last holds.
    """

    order: str
    carrier: str
    tender: str
    shipment: str
    pro: str
    accepted_at: Instant
    happened: tuple[Happened, ...] = ()
    owed: tuple[Owed, ...] = ()
    revenue_cents: int | None = None


class BilledLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a bill as the carrier wrote it, and what of it is owed."""

    code: str
    cents: int
    payable_cents: int


class BillTruth(Record, frozen=True, kw_only=True, tag="bill"):
    """A bill as it went out for one load, and what a faultless auditor would pay of it.

    ``kind`` is "clean", or names the error or the look-alike. ``key`` is this line's own name.
    ``judged`` is false where the product does not claim to judge this kind yet.
    """

    key: str
    carrier: str
    number: str
    order: str
    sent_at: Instant
    currency: str
    billed_cents: int
    payable_cents: int
    lines: tuple[BilledLine, ...]
    nature: Nature
    kind: str
    judged: bool = True


class ProofTruth(Record, frozen=True, kw_only=True, tag="proof"):
    """A proof of delivery as it was handed in; ``kind`` is "clean" or names what is wrong."""

    order: str
    sent_at: Instant
    pieces: int
    signer: str
    kind: str = "clean"


class FaultTruth(Record, frozen=True, kw_only=True, tag="fault"):
    """Any other thing that was made to go wrong: an outage, a lost answer, a garbled file, a kill.

    ``subject`` names the order, carrier or system that it hit.
    """

    kind: str
    subject: str
    at: Instant
    until: Instant | None = None
    note: str = ""


AnyRecord = Seal | OrderTruth | LoadTruth | BillTruth | ProofTruth | FaultTruth


class NotTheTruth(ValueError):
    """A line of a truth file cannot be read. Mend the line that the message names."""


def truth_line(record: AnyRecord) -> bytes:
    """Return a record as one line."""
    return msgspec.json.encode(record) + b"\n"


def read_truth(body: bytes) -> tuple[AnyRecord, ...]:
    """Return the records of a truth file in their order. Raise ``NotTheTruth``."""
    records = []
    for number, line in enumerate(body.splitlines(), start=1):
        if line.strip():
            try:
                records.append(msgspec.json.decode(line, type=AnyRecord))
            except msgspec.ValidationError as error:
                raise NotTheTruth(f"line {number}: {error}") from error
            except msgspec.DecodeError as error:
                raise NotTheTruth(f"line {number} is no JSON: {error}") from error
    return tuple(records)
