"""A shipment out of a 204: the load as it was tendered to its carrier."""

from datetime import UTC, datetime

from drawbar.cli.audit.edi_set import EdiSet, EdiWords
from drawbar.cli.audit.paper import LoadPaper, StopPaper, Window
from drawbar.cli.audit.unread import Refused
from drawbar.connectors.x12_folder.heard import Heard
from drawbar.connectors.x12_folder.manifest import Folders, Mailbox, Settings
from drawbar.connectors.x12_folder.order import read_order
from drawbar.edi import Identity, LoadTender
from drawbar.freight.lineage import Receipt
from drawbar.freight.order import Order, OrderCancelled, OrderChanged, OrderReleased, Stop

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def load_of(stated: LoadTender, one: EdiSet, words: EdiWords, *, zone: str) -> LoadPaper | None:
    """Return the load; None where the set takes a tender back. Raise ``Refused``."""
    read = read_order(stated, _heard(one, words, zone))
    for problem in read.problems:
        raise Refused(problem.text, field="204", remedy="Complete it, or add the shipment as CSV.")
    for fact in read.facts:
        if isinstance(fact, OrderReleased | OrderChanged):
            return _paper(fact.order, stated, one, words)
        if isinstance(fact, OrderCancelled):
            return None
    return None


def _paper(order: Order, stated: LoadTender, one: EdiSet, words: EdiWords) -> LoadPaper:
    where = one.where()
    return LoadPaper(
        shipment_ref=order.order_ref,
        order_ref=order.order_ref,
        customer_ref="",
        carrier_ref=words.carrier(stated.scac),
        references=order.references,
        equipment=order.equipment,
        service="",
        revision=order.revision,
        stops=tuple(_stop(stop, where) for stop in order.stops),
        goods=order.goods,
        where=where,
    )


def _stop(stop: Stop, where: str) -> StopPaper:
    window = Window(
        earliest_at=stop.earliest_at, latest_at=stop.latest_at, appointment_at=stop.appointment_at
    )
    return StopPaper(
        number=stop.number, purpose=stop.purpose, place=stop.place, window=window, where=where
    )


def _heard(one: EdiSet, words: EdiWords, zone: str) -> Heard:
    """Return the set as the product's own reader of tenders wants it."""
    nobody = Mailbox(id="")
    profile = Settings(
        system="audit",
        folders=Folders(inbox="", outbox="", own=""),
        ours=nobody,
        theirs=nobody,
        role="customer",
        party_ref="",
        zone=zone or "UTC",
        equipment_unless_stated="dry van",
        references=dict(words.references),
    )
    return Heard(
        profile=profile,
        receipt=Receipt(message_ref="", sender="", learned_at=_NEVER),
        identity=Identity(
            sender_qualifier="",
            sender="",
            receiver_qualifier="",
            receiver="",
            control_number=one.control,
            payload_hash="",
        ),
        interchange=1,
        number=1,
        item=one.item,
        sent_at=_NEVER,
    )
