"""An invoice for freight or goods: its lines, allowances, charges and taxes (INVOIC)."""

from decimal import Decimal

from msgspec import Struct

from drawbar.edi.edifact import detail
from drawbar.edi.edifact.shape import Part, Shape, Spot
from drawbar.edi.edifact.stated_time import StatedTime
from drawbar.edi.place import Places
from drawbar.edi.value import Amount


class Tax(Struct, frozen=True, kw_only=True):
    """A tax with its rate in percent and the sums it is about (124 tax, 125 taxable)."""

    function: str
    kind: str = ""
    rate: str = ""
    category: str = ""
    sums: tuple[detail.Sum, ...] = ()
    at: Places = {}


_SUMS = Part("sums", "MOA", detail.SUM)
_TAX = Shape(
    Tax,
    "TAX",
    {"function": Spot(1), "kind": Spot(2, 1), "rate": Spot(5, 4), "category": Spot(6)},
    (_SUMS,),
)
_TAXES = Part("taxes", "tax", _TAX)


class Percentage(Struct, frozen=True, kw_only=True):
    """A percentage and what it is of."""

    qualifier: str
    percent: Amount | None = None
    at: Places = {}


_PERCENTAGE = Shape(Percentage, "PCD", {"qualifier": Spot(1, 1), "percent": Spot(1, 2, "amount")})


class AllowanceOrCharge(Struct, frozen=True, kw_only=True):
    """``direction`` C is a charge, A an allowance; ``service`` says for what (FC freight, ...)."""

    direction: str
    number: str = ""
    settlement: str = ""
    sequence: str = ""
    service: str = ""
    texts: tuple[str, ...] = ()
    quantities: tuple[detail.Quantity, ...] = ()
    percentages: tuple[Percentage, ...] = ()
    sums: tuple[detail.Sum, ...] = ()
    taxes: tuple[Tax, ...] = ()
    at: Places = {}


_ALLOWANCE = Shape(
    AllowanceOrCharge,
    "ALC",
    {
        "direction": Spot(1),
        "number": Spot(2, 1),
        "settlement": Spot(3),
        "sequence": Spot(4),
        "service": Spot(5, 1),
        "texts": Spot(5, 4, times=2),
    },
    (
        Part("quantities", "QTY", detail.QUANTITY),
        Part("percentages", "PCD", _PERCENTAGE),
        _SUMS,
        _TAXES,
    ),
)
_ALLOWANCES = Part("allowances", "allowance", _ALLOWANCE)


class Price(Struct, frozen=True, kw_only=True):
    """A price of one unit (AAA net, AAB gross), for ``basis`` units of ``unit``."""

    qualifier: str
    price: Amount | None = None
    basis: Amount | None = None
    unit: str = ""
    at: Places = {}


_PRICE = Shape(
    Price,
    "PRI",
    {
        "qualifier": Spot(1, 1),
        "price": Spot(1, 2, "amount"),
        "basis": Spot(1, 5, "amount"),
        "unit": Spot(1, 6),
    },
)


class Description(Struct, frozen=True, kw_only=True):
    """What a line is about, by code or in words."""

    kind: str = ""
    code: str = ""
    texts: tuple[str, ...] = ()
    at: Places = {}


_DESCRIPTION = Shape(
    Description, "IMD", {"kind": Spot(1), "code": Spot(3, 1), "texts": Spot(3, 4, times=2)}
)


class BilledLine(Struct, frozen=True, kw_only=True):
    """One line. ``sums``: 203 is the line's amount, 66 with taxes, and others by qualifier."""

    number: str = ""
    item: str = ""
    item_kind: str = ""
    descriptions: tuple[Description, ...] = ()
    measures: tuple[detail.Measure, ...] = ()
    quantities: tuple[detail.Quantity, ...] = ()
    times: tuple[StatedTime, ...] = ()
    texts: tuple[detail.FreeText, ...] = ()
    sums: tuple[detail.Sum, ...] = ()
    prices: tuple[Price, ...] = ()
    references: tuple[detail.StatedReference, ...] = ()
    taxes: tuple[Tax, ...] = ()
    parties: tuple[detail.StatedParty, ...] = ()
    allowances: tuple[AllowanceOrCharge, ...] = ()
    legs: tuple[detail.Leg, ...] = ()
    at: Places = {}


_LINE = Shape(
    BilledLine,
    "LIN",
    {"number": Spot(1), "item": Spot(3, 1), "item_kind": Spot(3, 2)},
    (
        Part("descriptions", "IMD", _DESCRIPTION),
        Part("measures", "MEA", detail.MEASURE),
        Part("quantities", "QTY", detail.QUANTITY),
        Part("times", "DTM", detail.TIME),
        Part("texts", "FTX", detail.TEXT),
        Part("sums", "amount", detail.SUM),
        Part("prices", "price", _PRICE),
        Part("references", "reference", detail.REFERENCE),
        _TAXES,
        Part("parties", "party", detail.INVOICE_PARTY),
        _ALLOWANCES,
        Part("legs", "leg", detail.LEG),
    ),
)


class Currency(Struct, frozen=True, kw_only=True):
    """``usage`` 2 is the currency of reference, 3 the target; ``qualifier`` 4 the invoice's."""

    usage: str = ""
    code: str = ""
    qualifier: str = ""
    at: Places = {}


_CURRENCY = Shape(
    Currency, "CUX", {"usage": Spot(1, 1), "code": Spot(1, 2), "qualifier": Spot(1, 3)}
)


class Terms(Struct, frozen=True, kw_only=True):
    """When it is to be paid."""

    kind: str
    code: str = ""
    texts: tuple[str, ...] = ()
    reference: str = ""
    relation: str = ""
    period: str = ""
    periods: str = ""
    times: tuple[StatedTime, ...] = ()
    percentages: tuple[Percentage, ...] = ()
    sums: tuple[detail.Sum, ...] = ()
    at: Places = {}


_TERMS = Shape(
    Terms,
    "PAT",
    {
        "kind": Spot(1),
        "code": Spot(2, 1),
        "texts": Spot(2, 4, times=2),
        "reference": Spot(3, 1),
        "relation": Spot(3, 2),
        "period": Spot(3, 3),
        "periods": Spot(3, 4),
    },
    (
        Part("times", "DTM", detail.TIME),
        Part("percentages", "PCD", _PERCENTAGE),
        _SUMS,
    ),
)


class Section(Struct, frozen=True, kw_only=True):
    """Where the summary begins: ``code`` is S."""

    code: str = "S"
    at: Places = {}


_SECTION = Shape(Section, "UNS", {"code": Spot(1)})


class CommercialInvoice(Struct, frozen=True, kw_only=True):
    """One invoice. ``kind``: 380 invoice, 381 credit note, 384 corrected, 780 freight invoice.

    ``totals`` are money by qualifier (77 or 9 to be paid, 79 lines, 124 or 176 taxes); ``counts``
    are the control totals.
    """

    number: str
    kind: str = ""
    kind_name: str = ""
    function: str = ""
    times: tuple[StatedTime, ...] = ()
    texts: tuple[detail.FreeText, ...] = ()
    references: tuple[detail.StatedReference, ...] = ()
    parties: tuple[detail.StatedParty, ...] = ()
    header_taxes: tuple[Tax, ...] = ()
    currencies: tuple[Currency, ...] = ()
    terms: tuple[Terms, ...] = ()
    legs: tuple[detail.Leg, ...] = ()
    allowances: tuple[AllowanceOrCharge, ...] = ()
    lines: tuple[BilledLine, ...] = ()
    section: Section | None = Section()
    counts: tuple[detail.Quantity, ...] = ()
    totals: tuple[detail.Sum, ...] = ()
    taxes: tuple[Tax, ...] = ()
    at: Places = {}

    @property
    def currency(self) -> str:
        """Return the invoice's currency, empty when it does not state just one."""
        stated = {each.code for each in self.currencies if each.usage in {"", "2"} and each.code}
        stated = stated or {each.currency for each in self.totals if each.currency}
        return next(iter(stated)) if len(stated) == 1 else ""

    def total(self, *qualifiers: str) -> Decimal | None:
        """Return the first total of these qualifiers, in order; None when none can be read."""
        for qualifier in qualifiers:
            for each in self.totals:
                if each.qualifier == qualifier and each.amount and each.amount.value is not None:
                    return each.amount.value
        return None


INVOICE = Shape(
    CommercialInvoice,
    "BGM",
    detail.document_spots(function=Spot(3)),
    (
        Part("times", "DTM", detail.TIME),
        Part("texts", "FTX", detail.TEXT),
        Part("references", "reference", detail.REFERENCE),
        Part("parties", "party", detail.INVOICE_PARTY),
        Part("header_taxes", "tax", _TAX),
        Part("currencies", "currency", _CURRENCY),
        Part("terms", "terms", _TERMS),
        Part("legs", "leg", detail.LEG),
        _ALLOWANCES,
        Part("lines", "line", _LINE),
        Part("section", "UNS", _SECTION, is_one=True),
        Part("counts", "CNT", detail.TOTAL),
        Part("totals", "total", detail.SUM),
        Part("taxes", "summary_tax", _TAX),
    ),
)
