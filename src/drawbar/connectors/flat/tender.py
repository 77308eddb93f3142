"""Our tender of a load in a flat file of the partner's layout. What does not fit is refused."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from drawbar.connectors.flat.field import Value
from drawbar.connectors.flat.layout import Layout
from drawbar.connectors.flat.manifest import Settings
from drawbar.connectors.flat.order import KILOGRAMS_IN_A_POUND
from drawbar.connectors.flat.record import Record
from drawbar.connectors.flat.vocabulary import NAMES, Part
from drawbar.connectors.flat.writer import UnableToWrite, write
from drawbar.connectors.folder.shelf import safe
from drawbar.connectors.port import Sending
from drawbar.connectors.unsayable import Unsayable
from drawbar.freight.delivery import TenderLoad
from drawbar.freight.instant import utc, zone
from drawbar.freight.order import Goods, Stop

Said = Value | datetime | None
Words = Mapping[str, Said]


def name_of(business_key: str, settings: Settings) -> str:
    """Return the name of the file of a tender: our business key, so it is one file for ever."""
    return f"{settings.write}-{safe(business_key)}.txt"


def file_of(sending: Sending, settings: Settings) -> bytes:
    """Return the bytes of the file; the same on every attempt. Raise ``Unsayable``."""
    load = sending.payload
    if not isinstance(load, TenderLoad) or not settings.write:
        raise Unsayable(f"{type(load).__name__} is nothing that this partner has a layout for")
    layout = settings.described[settings.write]
    try:
        return write(tuple(_records(load, layout, settings)), layout)
    except UnableToWrite as error:
        raise Unsayable(str(error), error.field) from error


def _records(load: TenderLoad, layout: Layout, settings: Settings) -> Iterator[Record]:
    parts = layout.parts
    yield from _with_those_around(_load(load, settings), parts["load"], layout)
    for stop in load.stops:
        yield _record(_stop(stop, settings), parts["stop"], layout)
    for goods in load.goods if "goods" in parts else ():
        yield _record(_goods(goods), parts["goods"], layout)
    stated = {one.record for one in parts.values()}
    for kind in layout.records:
        if kind.name not in stated and (kind.counts or kind.sums):
            yield Record(kind=kind.name)


def _with_those_around(words: Words, part: Part, layout: Layout) -> Iterator[Record]:
    """Yield the records around that of a part, outermost first, then its own."""
    around: list[str] = []
    kind = layout.kind(part.record)
    while kind is not None and kind.parent and kind.parent not in around:
        around.insert(0, kind.parent)
        kind = layout.kind(kind.parent)
    for name in around:
        fields = {
            word: source.rpartition(".")[2]
            for word, source in part.fields.items()
            if source.startswith(f"{name}.")
        }
        yield _record(words, Part(record=name, fields=fields), layout)
    own = {word: source for word, source in part.fields.items() if "." not in source}
    yield _record(words, Part(record=part.record, fields=own), layout)


def _record(words: Words, part: Part, layout: Layout) -> Record:
    values: dict[str, Value] = {}
    for word, source in part.fields.items():
        said = words.get(word)
        if said is None or said == "":
            said = layout.constants.get(word)
        value = _as_value(said, part.record, source, layout)
        if value is not None:
            values[source] = value
    return Record(kind=part.record, values=values)


def _as_value(said: Said, record: str, name: str, layout: Layout) -> Value | None:
    """Return what is said as its field holds it: a time in its form, a figure as one."""
    kind = layout.kind(record)
    field = kind.field(name) if kind else None
    if said is None or said == "" or field is None:
        return None
    if isinstance(said, datetime):
        return said.strftime(field.forms[0]) if field.kind == "time" else said.isoformat()
    if isinstance(said, Decimal) and not field.is_number:
        return f"{said:f}"
    if isinstance(said, str) and field.is_number and said.isdecimal():
        return Decimal(said)
    return " ".join(said.split()) if isinstance(said, str) else said


def _load(load: TenderLoad, settings: Settings) -> Words:
    equipment = settings.equipment.get(load.equipment)
    if equipment is None:
        raise Unsayable(f"the profile has no word for {load.equipment!r}", "equipment")
    actions = {ours: theirs for theirs, ours in reversed(settings.purposes.items())}
    named = {one.kind.value: one.value for one in reversed(load.references)}
    names: Words = {word: named.get(word, "") for word in NAMES}
    pounds = sum((goods.weight_lb for goods in load.goods), start=Decimal(0))
    return {
        **names,
        "tender": load.tender_ref,
        "shipment": load.shipment_ref,
        "version": Decimal(load.version),
        "action": actions.get(load.purpose.value, load.purpose.value),
        "carrier": load.carrier_ref,
        "equipment": equipment,
        "rate": load.pay.amount if load.pay else None,
        "currency": load.pay.currency if load.pay else "",
        "answer_by": utc(load.answer_by) if load.answer_by else None,
        "note": load.note,
        "pieces": Decimal(sum(goods.pieces for goods in load.goods)),
        "weight_lb": pounds,
        "weight_kg": _kilograms(pounds),
    }


def _stop(stop: Stop, settings: Settings) -> Words:
    place, words = stop.place, {ours: word for word, ours in reversed(settings.stops.items())}
    there = zone(place.zone)

    def local(at: datetime | None) -> datetime | None:
        return utc(at).astimezone(there) if at else None

    return {
        "number": Decimal(stop.number),
        "purpose": words.get(stop.purpose, stop.purpose.value),
        "name": place.name,
        "street": place.street,
        "city": place.city,
        "state": place.region,
        "zip": place.postal_code,
        "country": place.country,
        "zone": place.zone,
        "earliest": local(stop.due_at),
        "latest": local(stop.latest_at),
        "appointment": local(stop.appointment_at),
    }


def _goods(goods: Goods) -> Words:
    return {
        "sku": goods.sku,
        "description": goods.description,
        "pieces": Decimal(goods.pieces),
        "weight_lb": goods.weight_lb,
        "weight_kg": _kilograms(goods.weight_lb),
        "class": goods.freight_class,
    }


def _kilograms(pounds: Decimal) -> Decimal:
    return (pounds * KILOGRAMS_IN_A_POUND).quantize(Decimal("0.001"))
