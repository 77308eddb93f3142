"""What is moved, and in what: goods with their packages and dangers, and the equipment."""

from msgspec import Struct

from drawbar.edi.edifact.detail import MEASURE, REFERENCE, TEXT, FreeText, Measure, StatedReference
from drawbar.edi.edifact.shape import Part, Shape, Spot
from drawbar.edi.place import Places
from drawbar.edi.value import Amount


class Size(Struct, frozen=True, kw_only=True):
    """Length, width and height of a piece, or of all of them."""

    qualifier: str
    unit: str = ""
    length: Amount | None = None
    width: Amount | None = None
    height: Amount | None = None
    at: Places = {}


SIZE = Shape(
    Size,
    "DIM",
    {
        "qualifier": Spot(1),
        "unit": Spot(2, 1),
        "length": Spot(2, 2, "amount"),
        "width": Spot(2, 3, "amount"),
        "height": Spot(2, 4, "amount"),
    },
)


class Numbers(Struct, frozen=True, kw_only=True):
    """Numbers that goods carry one by one, such as SSCC (BJ). The first of each range."""

    qualifier: str
    values: tuple[str, ...] = ()
    at: Places = {}


class Marks(Struct, frozen=True, kw_only=True):
    """What is written on packages."""

    instruction: str = ""
    lines: tuple[str, ...] = ()
    numbers: tuple[Numbers, ...] = ()
    at: Places = {}


_NUMBERS = Shape(Numbers, "GIN", {"qualifier": Spot(1), "values": Spot(2, 1, times=5, across=True)})
MARKS = Shape(
    Marks,
    "PCI",
    {"instruction": Spot(1), "lines": Spot(2, 1, times=10)},
    (Part("numbers", "GIN", _NUMBERS),),
)


class Danger(Struct, frozen=True, kw_only=True):
    """Dangerous goods as declared. ``regulation``: ADR, IMD, RID; ``un_number`` of 4 digits."""

    regulation: str
    hazard_class: str = ""
    un_number: str = ""
    flashpoint: str = ""
    flashpoint_unit: str = ""
    packing_group: str = ""
    texts: tuple[FreeText, ...] = ()
    measures: tuple[Measure, ...] = ()
    at: Places = {}


_DANGER = Shape(
    Danger,
    "DGS",
    {
        "regulation": Spot(1),
        "hazard_class": Spot(2, 1),
        "un_number": Spot(3, 1),
        "flashpoint": Spot(4, 1),
        "flashpoint_unit": Spot(4, 2),
        "packing_group": Spot(5),
    },
    (Part("texts", "FTX", TEXT), Part("measures", "measure", MEASURE)),
)


class Goods(Struct, frozen=True, kw_only=True):
    """One item of goods. ``pieces`` of ``packaging`` (PK, PX, ...) are the outer packages."""

    number: str = ""
    pieces: int | None = None
    packaging: str = ""
    packaging_name: str = ""
    inner_pieces: int | None = None
    inner_packaging: str = ""
    texts: tuple[FreeText, ...] = ()
    measures: tuple[Measure, ...] = ()
    sizes: tuple[Size, ...] = ()
    references: tuple[StatedReference, ...] = ()
    marks: tuple[Marks, ...] = ()
    dangers: tuple[Danger, ...] = ()
    at: Places = {}


_GOODS_SPOTS = {
    "number": Spot(1),
    "pieces": Spot(2, 1, "whole"),
    "packaging": Spot(2, 2),
    "packaging_name": Spot(2, 5),
    "inner_pieces": Spot(3, 1, "whole"),
    "inner_packaging": Spot(3, 2),
}
_TEXTS = Part("texts", "FTX", TEXT)
_MEASURES = Part("measures", "measure", MEASURE)
_SIZES = Part("sizes", "size", SIZE)
_MARKS = Part("marks", "marks", MARKS)
GOODS = Shape(
    Goods,
    "GID",
    _GOODS_SPOTS,
    (
        _TEXTS,
        _MEASURES,
        _SIZES,
        Part("references", "reference", REFERENCE),
        _MARKS,
        Part("dangers", "hazard", _DANGER),
    ),
)


class StatusGoods(Struct, frozen=True, kw_only=True):
    """Goods that a status is about."""

    number: str = ""
    pieces: int | None = None
    packaging: str = ""
    packaging_name: str = ""
    inner_pieces: int | None = None
    inner_packaging: str = ""
    texts: tuple[FreeText, ...] = ()
    measures: tuple[Measure, ...] = ()
    sizes: tuple[Size, ...] = ()
    marks: tuple[Marks, ...] = ()
    at: Places = {}


STATUS_GOODS = Shape(StatusGoods, "GID", _GOODS_SPOTS, (_TEXTS, _MEASURES, _SIZES, _MARKS))


class Seal(Struct, frozen=True, kw_only=True):
    """A seal, and who put it there (CA carrier, SH shipper, CU customs)."""

    number: str
    sealed_by: str = ""
    at: Places = {}


class StatedEquipment(Struct, frozen=True, kw_only=True):
    """A container (CN), trailer (TE) or other equipment. ``size`` as 22G1; ``full`` 5, empty 4."""

    kind: str
    id: str = ""
    size: str = ""
    status: str = ""
    full: str = ""
    measures: tuple[Measure, ...] = ()
    seals: tuple[Seal, ...] = ()
    at: Places = {}


_SEAL = Shape(Seal, "SEL", {"number": Spot(1), "sealed_by": Spot(2, 1)})
EQUIPMENT = Shape(
    StatedEquipment,
    "EQD",
    {
        "kind": Spot(1),
        "id": Spot(2, 1),
        "size": Spot(3, 1),
        "status": Spot(5),
        "full": Spot(6),
    },
    (Part("measures", "MEA", MEASURE), Part("seals", "SEL", _SEAL)),
)
