"""A payee: to whom money goes for a carrier's work, at which bank, and who said so.

A carrier may have sold its bills to a factor; then the factor is paid, never the carrier too.
"""

import re
from datetime import date

from msgspec import Struct

from drawbar.freight.instant import Instant

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_IBAN_REST = 1
_ABA = re.compile(r"\d{9}")
_ABA_WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7, 1)
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")
_COUNTRY = re.compile(r"[A-Z]{2}")


class UnfitAccount(ValueError):
    """A bank account that no bank can have. Ask the payee for the number as its bank writes it."""


class PostalAddress(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a payee sits, part by part: banks take no free lines any more."""

    country: str
    city: str = ""
    street: str = ""
    building: str = ""
    postal_code: str = ""
    region: str = ""


class BankAccount(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One account: an ``iban``, or a ``number`` with the ``routing`` number of a bank of the USA.

    ``holder`` is its owner as the bank writes it. Spaces in an IBAN do not matter.
    """

    holder: str
    country: str = "US"
    iban: str = ""
    number: str = ""
    routing: str = ""
    bic: str = ""

    def __post_init__(self) -> None:
        """Raise ``UnfitAccount``: a figure mistyped must not become a payment."""
        wrong = _what_is_wrong(self)
        if wrong:
            raise UnfitAccount(wrong)

    @property
    def plain_iban(self) -> str:
        """Return the IBAN without blanks, empty where there is none."""
        return self.iban.replace(" ", "").upper()

    @property
    def shown(self) -> str:
        """Return the account as a page may show it: its last four figures only."""
        said = self.plain_iban or self.number
        return f"{'IBAN' if self.iban else 'account'} ending in {said[-4:]}"


class Assignment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A notice that a carrier's bills belong to a factor, in ``[from_on, until_on)``.

    ``names`` are other spellings under which the factor stands on bills.
    """

    factor_ref: str
    name: str
    from_on: date
    until_on: date | None = None
    names: tuple[str, ...] = ()
    account: BankAccount | None = None
    address: PostalAddress | None = None


class Remittance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a carrier is paid, as its file says: reviewed by two persons like every file.

    ``names`` are other spellings of the carrier on its own bills. ``quick_pay`` says that it wants
    every bill paid early, less its contract's discount.
    """

    names: tuple[str, ...] = ()
    quick_pay: bool = False
    account: BankAccount | None = None
    address: PostalAddress | None = None
    factors: tuple[Assignment, ...] = ()


class PayeeChange(Struct, frozen=True, kw_only=True):
    """Somebody's word that a carrier is paid otherwise from now on: another account, or a factor.

    Exactly one of ``account``, ``assignment`` and ``released`` (the factor_ref of an assignment
    that ends) is given. It counts once a second person confirmed it and it has cooled down.
    """

    change_ref: str
    asked_at: Instant
    asked_by: str
    reason: str
    account: BankAccount | None = None
    assignment: Assignment | None = None
    released: str = ""
    confirmed_by: str = ""
    confirmed_at: Instant | None = None
    refused_by: str = ""

    @property
    def is_open(self) -> bool:
        """Return whether a second person has still to say yes or no."""
        return not self.confirmed_by and not self.refused_by


def _what_is_wrong(one: BankAccount) -> str:
    if not one.holder.strip():
        return "an account has a holder"
    if not _COUNTRY.fullmatch(one.country):
        return f"{one.country!r} is no country code of two letters"
    if bool(one.iban) == bool(one.number):
        return "an account has an IBAN or a number, not both"
    if one.bic and not _BIC.fullmatch(one.bic):
        return f"{one.bic!r} is no BIC"
    if one.iban:
        return "" if _is_iban(one.plain_iban) else f"{one.shown} fails its check digits"
    if one.country == "US" and not _is_routing(one.routing):
        return f"routing number {one.routing!r} fails its check digit"
    return ""


def _is_iban(said: str) -> bool:
    """Return whether the check digits hold: ISO 13616, modulo 97 of the turned number."""
    if not _IBAN.fullmatch(said):
        return False
    turned = said[4:] + said[:4]
    figures = "".join(str(int(sign, 36)) for sign in turned)
    return int(figures) % 97 == _IBAN_REST


def _is_routing(said: str) -> bool:
    """Return whether the weighted sum ends in zero: American Bankers Association."""
    if not _ABA.fullmatch(said):
        return False
    heft = sum(int(figure) * weight for figure, weight in zip(said, _ABA_WEIGHTS, strict=True))
    return heft % 10 == 0
