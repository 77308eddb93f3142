"""Our tables for this carrier: a load with a row for each stop, and a bill that we do not pay.

A text that a spreadsheet would take for a formula gets an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from drawbar.connectors.csv_folder.manifest import Settings
from drawbar.connectors.folder.shelf import safe
from drawbar.connectors.port import Sending
from drawbar.connectors.unsayable import Unsayable
from drawbar.freight.delivery import RefuseBill, TellCarrier, TenderLoad
from drawbar.freight.instant import utc, zone
from drawbar.freight.order import Stop
from drawbar.freight.reference import ReferenceKind

LOAD = ("tender", "action", "shipment", "order", "po", "bol", "equipment", "pieces", "weight lb")
PAY = ("rate", "currency", "answer by", "note")
STOP = ("stop", "purpose", "name", "street", "city", "state", "zip", "opens", "closes")
HEADING = (*LOAD, *STOP, *PAY)
NOTICE = ("invoice", "our reference", "refused", "currency", "reason", "text")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
PREFIXES = {"TenderLoad": "tenders", "RefuseBill": "notices", "TellCarrier": "notices"}


def name_of(kind: str, business_key: str) -> str:
    """Return the name of the file of a delivery: our business key, so it is one file for ever."""
    return f"{PREFIXES.get(kind, 'tenders')}-{safe(business_key)}.csv"


def table_of(sending: Sending, settings: Settings) -> bytes:
    """Return the bytes of the file; the same on every attempt. Raise ``Unsayable``."""
    match sending.payload:
        case TenderLoad() as load:
            return _written(HEADING, _rows(load, settings))
        case RefuseBill() as refused:
            return _written(NOTICE, [_notice(refused)])
        case TellCarrier() as word:
            return _written(NOTICE, [_word(word)])
        case other:
            raise Unsayable(f"{type(other).__name__} is nothing for a carrier's portal")


def _rows(load: TenderLoad, settings: Settings) -> Iterable[Sequence[object]]:
    equipment = settings.equipment.get(load.equipment)
    if equipment is None:
        raise Unsayable(f"the profile has no word for {load.equipment!r}", "equipment")
    named = {one.kind: one.value for one in reversed(load.references)}
    kinds = (ReferenceKind.ORDER, ReferenceKind.PO, ReferenceKind.BOL)
    names = (load.shipment_ref, *(named.get(kind, "") for kind in kinds))
    pieces = sum(goods.pieces for goods in load.goods)
    weight = sum((goods.weight_lb for goods in load.goods), start=Decimal(0))
    head = (load.tender_ref, load.purpose.value, *names, equipment, pieces, weight)
    pay = (load.pay.amount, load.pay.currency) if load.pay else ("", "")
    answer_by = utc(load.answer_by).isoformat() if load.answer_by else ""
    return [(*head, *_stop(stop), *pay, answer_by, load.note) for stop in load.stops]


def _stop(stop: Stop) -> tuple[object, ...]:
    place = stop.place
    where = (place.name, place.street, place.city, place.region, place.postal_code)
    times = (_there(stop.due_at, place.zone), _there(stop.latest_at, place.zone))
    return (stop.number, stop.purpose.value, *where, *times)


def _there(at: datetime, zone_name: str) -> str:
    """Return what the clock of the stop shows, with its offset."""
    return utc(at).astimezone(zone(zone_name)).isoformat()


def _notice(refused: RefuseBill) -> Sequence[object]:
    money = refused.refused
    amount = (money.amount, money.currency) if money else ("", "")
    return (refused.invoice_number, refused.bill_ref, *amount, refused.reason, refused.text)


def _word(word: TellCarrier) -> Sequence[object]:
    return (word.invoice_number, word.about, "", "", word.topic.value, word.words)


def _written(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    paper = io.StringIO()
    writer = csv.writer(paper)
    writer.writerow(heading)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return paper.getvalue().encode()


def _safe(cell: object) -> object:
    """Keep a spreadsheet from running what somebody wrote into a name or a note."""
    if not isinstance(cell, str):
        return cell
    text = " ".join(cell.split())
    return f"'{text}" if text.startswith(FORMULAS) else text
