"""A freight bill as version 1 of the API says it: a document of one or many bills."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

from drawbar.freight.attribute import Locality, Move, Tally
from drawbar.freight.charge import ChargeKind
from drawbar.freight.freight_bill import BillLine, FreightBill, Shown
from drawbar.freight.money import Money, total
from drawbar.web.api.v1.term import MoneyV1, References, references_of
from drawbar.web.api.v1.text import Line, Name, StopNumber, refuse_absurd

Figure = Annotated[str, Meta(pattern=r"^\d{1,9}(\.\d{1,9})?$(?!\n)")]


class ShownV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The figures that the bill shows for a line: what is shown can be checked and explained.

    ``rate`` is per ``rate_unit``, such as mile, cwt or percent.
    """

    weight_lb: Figure | None = None
    freight_class: Line = ""
    distance_mi: Figure | None = None
    rate: Figure | None = None
    rate_unit: Line = ""

    def shown(self) -> Shown:
        """Return it in our words."""
        return Shown(
            weight_lb=_decimal(self.weight_lb),
            freight_class=self.freight_class,
            distance_mi=_decimal(self.distance_mi),
            rate=_decimal(self.rate),
            rate_unit=self.rate_unit,
        )


def _decimal(figure: str | None) -> Decimal | None:
    return None if figure is None else Decimal(figure)


class BillLineV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One billed line. ``code`` is the carrier's own word; a credit is below zero."""

    kind: ChargeKind
    money: MoneyV1
    stop: StopNumber = 0
    code: Line = ""
    text: Line = ""
    shown: ShownV1 | None = None

    def line(self, *, number: int, place: str) -> BillLine:
        """Return it in our words."""
        return BillLine(
            number=number,
            kind=self.kind,
            money=self.money.money(),
            stop=self.stop,
            code=self.code,
            text=self.text,
            place=place,
            shown=self.shown.shown() if self.shown else None,
        )


class LocalityV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place as far as the bill names it: by postal code, or by city and state."""

    postal_code: Annotated[str, Meta(max_length=20)] = ""
    city: Line = ""
    region: Line = ""

    def locality(self) -> Locality:
        """Return it in our words."""
        return Locality(postal_code=self.postal_code, city=self.city, region=self.region)


class MoveV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the bill says of the move itself; a bill without a known reference is looked for by it.

    ``ship_on`` is the day of the pickup, ``weight_lb`` the whole weight.
    """

    ship_on: date | None = None
    origin: LocalityV1 = LocalityV1()
    destination: LocalityV1 = LocalityV1()
    weight_lb: Figure | None = None

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an absurd date."""
        refuse_absurd(self.ship_on)

    def move(self) -> Move:
        """Return it in our words."""
        return Move(
            ship_on=self.ship_on,
            origin=self.origin.locality(),
            destination=self.destination.locality(),
            header=Tally(weight_lb=_decimal(self.weight_lb)),
        )


class BillV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bill for one shipment, in one currency. ``total`` is what its header says.

    ``corrects`` is the number of the invoice that it replaces: the difference is paid.
    """

    invoice_number: Name
    billed_on: date
    references: References
    total: MoneyV1
    corrects: Line = ""
    move: MoveV1 | None = None
    lines: Annotated[tuple[BillLineV1, ...], Meta(min_length=1, max_length=200)]

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an absurd date or a second currency."""
        refuse_absurd(self.billed_on)
        if {line.money.currency for line in self.lines} != {self.total.currency}:
            raise ValueError("the total and every line of a bill are in one currency")

    def bill(
        self,
        *,
        bill_ref: str,
        carrier_ref: str,
        place: str,
        document_total: Money | None,
        document_lines_total: Money | None,
        remit_to: str,
    ) -> FreightBill:
        """Return it in our words, its lines numbered from 1."""
        return FreightBill(
            bill_ref=bill_ref,
            carrier_ref=carrier_ref,
            invoice_number=self.invoice_number,
            billed_on=self.billed_on,
            currency=self.total.currency,
            references=references_of(self.references, party=carrier_ref),
            lines=tuple(
                line.line(number=number, place=f"{place}.lines[{number - 1}]")
                for number, line in enumerate(self.lines, start=1)
            ),
            total=self.total.money(),
            document_total=document_total,
            document_lines_total=document_lines_total,
            remit_to=remit_to,
            corrects=self.corrects,
            move=self.move.move() if self.move else None,
        )


class FreightBillsV1(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document with one or many bills. ``document_total`` is its header, if it has one."""

    carrier_ref: Name
    remit_to: Line = ""
    document_total: MoneyV1 | None = None
    bills: Annotated[tuple[BillV1, ...], Meta(min_length=1, max_length=200)]

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for a header that cannot be compared with its bills."""
        stated = self.document_total
        if stated and {bill.total.currency for bill in self.bills} != {stated.currency}:
            raise ValueError("a document with a document_total is in one currency")

    @property
    def stated_total(self) -> Money | None:
        """Return what the header of a document of many says."""
        return self.document_total.money() if self.document_total else None

    @property
    def lines_total(self) -> Money:
        """Return the sum of all lines of all bills."""
        lines = [line.money.money() for bill in self.bills for line in bill.lines]
        return total(lines, currency=self.bills[0].total.currency)
