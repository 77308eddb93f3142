"""Our payments in the bank's words, a file for each, and what its statements say in ours. Pure.

The same delivery is the same bytes on every attempt.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from drawbar.connectors.bank_folder.camt import Movement, movements
from drawbar.connectors.bank_folder.manifest import Settings
from drawbar.connectors.port import Sending
from drawbar.connectors.reading import Readers, Said, reading
from drawbar.connectors.unsayable import Unsayable
from drawbar.edi import Envelope, UnableToWrap, UnableToWrite, wrap, write
from drawbar.edi.remittance import Remittance, RemittanceClaim, RemittanceLine
from drawbar.edi.x12.build_820 import build_remittance
from drawbar.freight.delivery import InstructPayments, SendRemittance
from drawbar.freight.fact import Fact
from drawbar.freight.identity import key_for
from drawbar.freight.lineage import Receipt
from drawbar.freight.payment import PaidBill, PaymentConfirmed, PaymentReturned
from drawbar.freight.reading import Reading
from drawbar.settlement.pain001 import Instruction, UnfitPayments, pain001

CONTROL_NUMBERS = 1_000_000_000
"""An interchange control number has nine digits."""


def file_of(sending: Sending, settings: Settings) -> bytes:
    """Return the exact bytes of the file. Raise ``Unsayable``."""
    match sending.payload:
        case InstructPayments() as told:
            return _order(told, settings)
        case SendRemittance() as told:
            return _remittance(told, sending, settings)
        case other:
            raise Unsayable(f"{type(other).__name__} is nothing for a bank")


def name_of(kind: str, business_key: str) -> str:
    """Return the name of the file for our key: it shows whether it went out."""
    return f"{business_key}.{'xml' if kind == InstructPayments.__name__ else '820'}"


def readers(settings: Settings) -> Readers:
    """Return what reads its statements (camt.052, camt.053, camt.054)."""
    return {settings.channel: reading(lambda body, receipt: _read(body, receipt, settings))}


def _order(told: InstructPayments, settings: Settings) -> bytes:
    try:
        return pain001(
            Instruction(
                message_ref=told.run_ref,
                created_at=told.created_at,
                pay_on=told.pay_on,
                debtor=settings.debtor,
                orders=told.orders,
            )
        )
    except UnfitPayments as error:
        raise Unsayable(str(error), "orders") from error


def _remittance(told: SendRemittance, sending: Sending, settings: Settings) -> bytes:
    order = told.order
    said = Remittance(
        reference=order.payment_ref,
        paid_on=told.paid_on,
        currency=order.currency,
        total=order.money.amount,
        payer=settings.debtor.name,
        payee=order.name,
        payee_id=order.payee_ref,
        lines=tuple(map(_line, order.bills)),
        claims=tuple(
            RemittanceClaim(claim=one.claim_ref, money=one.money.amount) for one in order.claims
        ),
    )
    number = sending.number % CONTROL_NUMBERS
    envelope = Envelope(
        sender_qualifier="ZZ",
        sender=settings.edi_sender,
        receiver_qualifier="ZZ",
        receiver=settings.edi_receiver,
        control_number=number,
        group_number=number,
        sent_at=datetime.combine(told.paid_on, time(), ZoneInfo(settings.zone)),
    )
    try:
        return write(wrap([build_remittance(said)], envelope), replacement="?")
    except (UnableToWrap, UnableToWrite, ValueError) as error:
        raise Unsayable(str(error)) from error


def _line(paid: PaidBill) -> RemittanceLine:
    return RemittanceLine(
        invoice_number=paid.invoice_number,
        pro=paid.pro,
        shipment_id=paid.shipment_ref,
        billed=paid.billed.amount,
        adjustment=paid.gross.amount - paid.billed.amount,
        discount=paid.discount.amount,
        paid=paid.net.amount,
    )


def _read(body: bytes, receipt: Receipt, settings: Settings) -> Reading:
    facts = (_fact(one, receipt, settings) for one in movements(body))
    return Reading(facts=tuple(one for one in facts if one is not None))


def _fact(one: Movement, receipt: Receipt, settings: Settings) -> Fact | None:
    """Return what a movement says of a payment; one that names none says nothing to us."""
    if not one.end_to_end or one.end_to_end == "NOTPROVIDED" or not one.is_booked:
        return None
    kind = "returned" if one.is_back else "confirmed"
    sums = f"{one.money.amount:f} {one.money.currency} {one.booked_on}"
    at = _midnight(one.booked_on, settings)
    said: Said = {
        "key": key_for(settings.system, f"payment-{kind}", one.end_to_end, sums),
        "happened_at": min(at, receipt.learned_at),
        "learned_at": receipt.learned_at,
        "lineage": receipt.at(one.place),
    }
    ref, bank_ref = one.end_to_end, one.bank_ref
    if not one.is_back:
        return PaymentConfirmed(
            payment_ref=ref, bank_ref=bank_ref, money=one.money, booked_on=one.booked_on, **said
        )
    return PaymentReturned(
        payment_ref=ref,
        bank_ref=bank_ref,
        money=one.money,
        returned_on=one.booked_on,
        code=one.code,
        text=one.text,
        **said,
    )


def _midnight(day: date, settings: Settings) -> datetime:
    local = datetime.combine(day, time(), ZoneInfo(settings.zone))
    return local.astimezone(ZoneInfo("UTC"))
