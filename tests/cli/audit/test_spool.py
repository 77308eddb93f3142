"""What was read is kept on disk: no more of it is in memory than one bill, or one batch of rows."""

from datetime import UTC, date, datetime
from decimal import Decimal

from drawbar.cli.audit.paper import LinePaper
from drawbar.cli.audit.spool import Spool
from drawbar.freight.charge import ChargeKind
from drawbar.freight.money import Money

AT = datetime(2026, 3, 14, 12, tzinfo=UTC)


def line(number: int) -> LinePaper:
    """Return a line of 1.00 of a bill."""
    return LinePaper(
        carrier_ref="ABCD",
        invoice="N-1",
        billed_on=date(2026, 3, 14),
        received_at=AT,
        references=(),
        currency="USD",
        total=None,
        invoice_total=None,
        remit_to="",
        number=number,
        kind=ChargeKind.LINEHAUL,
        money=Money(Decimal("1.00"), "USD"),
        stop=0,
        code="",
        text="",
        shown=None,
        where=f"bills.csv row {number}",
    )


def test_of_a_bill_with_too_many_lines_the_first_alone_is_brought_back():
    with Spool() as spool:
        for number in range(1, 302):
            spool.put("lines", "endless" if number > 1 else "short", line(number))
        spool.index("lines")

        found = {document: (count, len(some)) for document, count, some in spool.documents(100)}

    assert found == {"short": (1, 1), "endless": (300, 1)}


def test_a_bill_with_as_many_lines_as_may_be_is_whole():
    with Spool() as spool:
        for number in range(1, 101):
            spool.put("lines", "long", line(number))
        spool.index("lines")

        ((_, count, some),) = spool.documents(100)

    assert (count, [one.number for one in some]) == (100, list(range(1, 101)))
