"""The order to the bank: an ISO 20022 customer credit transfer initiation, pain.001.001.09.

Source: ISO 20022 message definition pain.001.001.09, with the usage rules common to banks:
letters of the Latin set of SWIFT, references of 35 characters, addresses part by part.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from unicodedata import combining, normalize

from msgspec import Struct

from drawbar.freight.instant import Instant
from drawbar.freight.money import Money, minor_unit
from drawbar.freight.payee import BankAccount, PostalAddress
from drawbar.freight.payment import PaymentOrder

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
REFERENCE_LONGEST = 35
NAME_LONGEST = 70
TEXT_LONGEST = 140
FIGURES_MOST = 18
COUNTRY_LENGTH = 2
"""ISO 3166 alpha-2; a longer word is refused, for cut to two letters it may be another country."""
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
_SPELLED = {"ß": "ss", "Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "&": "+"}
_BY_CLEARING_NUMBER = "USABA"


class UnfitPayments(ValueError):
    """Payments that no bank would take as they are; the text says which, and what to mend."""


class Debtor(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who pays, from which account."""

    name: str
    account: BankAccount
    address: PostalAddress | None = None


class Instruction(Struct, frozen=True, kw_only=True):
    """One message to the bank: the payments of a run, each above zero."""

    message_ref: str
    created_at: Instant
    pay_on: date
    debtor: Debtor
    orders: tuple[PaymentOrder, ...]


def pain001(told: Instruction) -> bytes:
    """Return the message. Raise ``UnfitPayments``."""
    wrong = "; ".join(_flaws(told))
    if wrong:
        raise UnfitPayments(wrong)
    head = _tag(
        "GrpHdr",
        _tag("MsgId", told.message_ref),
        _tag("CreDtTm", f"{told.created_at:%Y-%m-%dT%H:%M:%SZ}"),
        *_sums(told.orders),
        _tag("InitgPty", _tag("Nm", _name(told.debtor.name))),
    )
    currencies = sorted({one.currency for one in told.orders})
    groups = (_group(told, currency) for currency in currencies)
    body = _Text(f'<Document xmlns="{NAMESPACE}">{_tag("CstmrCdtTrfInitn", head, *groups)}')
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}</Document>\n'.encode()


def control_sum(orders: tuple[PaymentOrder, ...]) -> Decimal:
    """Return the sum of all amounts, whatever their currency: what the bank adds up again."""
    return sum((one.money.amount for one in orders), start=Decimal(0))


def spelled(text: str) -> str:
    """Return a text in the letters that every bank takes: accents dropped, others a blank."""
    plain = "".join(_SPELLED.get(sign, sign) for sign in text)
    bare = (sign for sign in normalize("NFKD", plain) if not combining(sign))
    return " ".join("".join(sign if sign in _LETTERS else " " for sign in bare).split())


class _Text(str):
    """A piece of XML that is escaped already."""

    __slots__ = ()


def _group(told: Instruction, currency: str) -> _Text:
    orders = tuple(one for one in told.orders if one.currency == currency)
    debtor = told.debtor
    return _tag(
        "PmtInf",
        _tag("PmtInfId", f"{told.message_ref}-{currency}"),
        _tag("PmtMtd", "TRF"),
        _tag("BtchBookg", "false"),
        *_sums(orders),
        _tag("ReqdExctnDt", _tag("Dt", told.pay_on.isoformat())),
        _tag("Dbtr", *_party(debtor.name, debtor.address)),
        _tag("DbtrAcct", _account(debtor.account), _tag("Ccy", currency)),
        _tag("DbtrAgt", _bank(debtor.account)),
        *(_transfer(one) for one in orders),
    )


def _transfer(one: PaymentOrder) -> _Text:
    numbers = ", ".join(paid.invoice_number for paid in one.bills)
    return _tag(
        "CdtTrfTxInf",
        _tag("PmtId", _tag("InstrId", one.payment_ref), _tag("EndToEndId", one.payment_ref)),
        _tag("Amt", _Text(f'<InstdAmt Ccy="{one.currency}">{one.money.amount:f}</InstdAmt>')),
        _tag("CdtrAgt", _bank(one.account)),
        _tag("Cdtr", *_party(one.account.holder, one.address)),
        _tag("CdtrAcct", _account(one.account)),
        _tag("RmtInf", _tag("Ustrd", spelled(f"{one.payment_ref} for {numbers}")[:TEXT_LONGEST])),
    )


def _sums(orders: tuple[PaymentOrder, ...]) -> tuple[_Text, _Text]:
    return _tag("NbOfTxs", str(len(orders))), _tag("CtrlSum", f"{control_sum(orders):f}")


def _party(name: str, address: PostalAddress | None) -> tuple[_Text, ...]:
    if address is None:
        return (_tag("Nm", _name(name)),)
    parts = (
        ("StrtNm", address.street, NAME_LONGEST),
        ("BldgNb", address.building, 16),
        ("PstCd", address.postal_code, 16),
        ("TwnNm", address.city, REFERENCE_LONGEST),
        ("CtrySubDvsn", address.region, REFERENCE_LONGEST),
        ("Ctry", address.country, COUNTRY_LENGTH),
    )
    said = (_tag(tag, spelled(part)[:longest]) for tag, part, longest in parts if part)
    return _tag("Nm", _name(name)), _tag("PstlAdr", *said)


def _account(one: BankAccount) -> _Text:
    number = _tag("IBAN", one.plain_iban) if one.iban else _tag("Othr", _tag("Id", one.number))
    return _tag("Id", number)


def _bank(one: BankAccount) -> _Text:
    """Return the payee's bank: its BIC, its clearing number, or that its IBAN says it."""
    parts = []
    if one.bic:
        parts.append(_tag("BICFI", one.bic))
    if one.routing:
        system = _tag("ClrSysId", _tag("Cd", _BY_CLEARING_NUMBER))
        parts.append(_tag("ClrSysMmbId", system, _tag("MmbId", one.routing)))
    if not parts:
        parts.append(_tag("Othr", _tag("Id", "NOTPROVIDED")))
    return _tag("FinInstnId", *parts)


def _name(text: str) -> str:
    return spelled(text)[:NAME_LONGEST].strip()


def _tag(name: str, *inner: str) -> _Text:
    said = "".join(one if isinstance(one, _Text) else _escaped(one) for one in inner)
    return _Text(f"<{name}>{said}</{name}>")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _flaws(told: Instruction) -> Iterator[str]:
    """Yield what the schema or the common usage rules refuse."""
    if not told.orders:
        yield "there is nothing to pay"
    if not _name(told.debtor.name):
        yield "the debtor has no name in Latin letters"
    if told.debtor.address is not None and len(told.debtor.address.country) != COUNTRY_LENGTH:
        yield "the debtor's address names no country by its two letters"
    longest = f"{told.message_ref}-USD"
    yield from _reference_flaws(longest, *(one.payment_ref for one in told.orders))
    refs = [one.payment_ref for one in told.orders]
    if len(set(refs)) != len(refs):
        yield "two payments bear one reference"
    if len(f"{control_sum(told.orders):f}".replace(".", "")) > FIGURES_MOST:
        yield f"the control sum has more than {FIGURES_MOST} figures"
    for one in told.orders:
        yield from (f"{one.payment_ref}: {flaw}" for flaw in _order_flaws(one))


def _reference_flaws(*refs: str) -> Iterator[str]:
    for ref in refs:
        odd = ref.startswith("/") or ref.endswith("/") or "//" in ref
        if not 0 < len(ref) <= REFERENCE_LONGEST or spelled(ref) != ref or odd:
            yield f"{ref!r} is no reference of {REFERENCE_LONGEST} Latin characters at most"


def _order_flaws(one: PaymentOrder) -> Iterator[str]:
    if one.money.amount <= 0:
        yield f"{one.money} is nothing to instruct"
    if one.money != one.money.rounded() or not _fits(one.money):
        yield f"{one.money} is not in whole units of {minor_unit(one.currency)} {one.currency}"
    if not _name(one.account.holder):
        yield "the payee has no name in Latin letters"
    address = one.address
    if address is not None and not (address.city and len(address.country) == COUNTRY_LENGTH):
        yield "an address has at least its town and the two letters of its country"
    if not (one.account.iban or one.account.routing or one.account.bic):
        yield "an account that is no IBAN needs its bank's routing number or BIC"


def _fits(money: Money) -> bool:
    """Return whether the amount has at most 18 figures, five of them decimals: the schema's own."""
    text = f"{money.amount:f}"
    return len(text.replace(".", "")) <= FIGURES_MOST and len(text.partition(".")[2]) <= 5
