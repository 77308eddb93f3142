"""Value added tax: per category on the total of what falls under it, rounded once.

Under reverse charge the receiver owes it: nothing is charged, and the note that says so stands in
the explanation.
"""

from collections.abc import Iterable
from decimal import Decimal

from msgspec import structs

from drawbar.freight.charge import AgreedCharge, Charge, ChargeKind, Step, TaxBase, quantity
from drawbar.freight.contract import Contract
from drawbar.freight.money import Money, total
from drawbar.freight.tax import TaxRounding, TaxTerms
from drawbar.rating.grant import granted, half_up
from drawbar.rating.unrated import Unrated

Key = tuple[str, Decimal, bool]
"""One charge of tax: its category, its percent, and whether the firm gets it back."""


def taxes(
    contract: Contract, charges: Iterable[AgreedCharge], currency: str
) -> tuple[AgreedCharge, ...] | Unrated:
    """Return one charge per category and percent of the contract, in its order; empty for none.

    ``currency`` is that of the bill; a charge in another is not taxed here. What of a category the
    firm does not get back is a charge of its own.
    """
    taxed = [
        one
        for one in charges
        if one.charge.kind is not ChargeKind.TAX and one.charge.money.currency == currency
    ]
    under: dict[Key, list[AgreedCharge]] = {}
    terms: dict[Key, TaxTerms] = {}
    for one in taxed:
        found = _terms(contract, one.charge.kind)
        if isinstance(found, Unrated):
            return found
        if found is not None:
            key = _key(found)
            under.setdefault(key, []).append(one)
            terms.setdefault(key, found)
    order = [_key(row) for row in contract.tax]
    return tuple(
        _tax(contract, terms[key], under[key], currency)
        for key in dict.fromkeys(order)
        if key in under
    )


def _key(terms: TaxTerms) -> Key:
    return terms.category, terms.percent, terms.is_recoverable


def _terms(contract: Contract, kind: ChargeKind) -> TaxTerms | Unrated | None:
    """Return under which terms a kind of charge falls, None where the contract has no tax."""
    if not contract.tax:
        return None
    naming = [row for row in contract.tax if kind in row.kinds]
    found = naming or [row for row in contract.tax if not row.kinds]
    words = kind.value.replace("_", " ")
    if not found:
        return Unrated(
            text=f"No tax clause names {words}, and none is for all the rest.",
            remedy="Name the kind in a tax clause, or state one clause without kinds.",
        )
    if len(found) > 1:
        clauses = " and ".join(row.clause for row in found)
        return Unrated(
            text=f"{clauses} both claim {words} for their category of tax.",
            remedy="Name each kind in one tax clause only.",
        )
    return found[0]


def _tax(
    contract: Contract, terms: TaxTerms, under: list[AgreedCharge], currency: str
) -> AgreedCharge:
    whole = total((one.charge.money for one in under), currency=currency)
    money = _owed(terms, under, whole)
    kinds = ", ".join(dict.fromkeys(one.charge.kind.value.replace("_", " ") for one in under))
    text = f"{quantity(terms.percent)} % {terms.category} of {whole}: {kinds}"
    steps = [Step(text=text, result=str(money))]
    if terms.reverse_charge:
        steps = [Step(text=f"{whole} under {terms.category}: {kinds}"), _reversed(terms, money)]
    elif terms.note:
        steps.append(Step(text=terms.note))
    if terms.certificate:
        steps.append(Step(text=f"exempt by certificate {terms.certificate}"))
    charge = Charge(kind=ChargeKind.TAX, money=money)
    agreed = granted(contract, charge, clause=terms.clause, steps=tuple(steps))
    return structs.replace(
        agreed,
        charge_ref=_ref(contract, terms),
        note=_note(terms),
        recoverable=terms.is_recoverable,
        taxed=TaxBase(
            percent=_percent(terms),
            charge_refs=tuple(one.charge_ref for one in under),
            by_line=terms.rounding is TaxRounding.LINE,
        ),
        provisional=any(one.provisional for one in under),
        awaits=tuple(dict.fromkeys(index for one in under for index in one.awaits)),
        priced_by=tuple(dict.fromkeys(name for one in under for name in one.priced_by)),
    )


def _owed(terms: TaxTerms, under: list[AgreedCharge], whole: Money) -> Money:
    """Return the tax, rounded on the total or line by line; 0.00 where the receiver owes it."""
    share = _percent(terms)
    if terms.rounding is TaxRounding.TOTAL:
        return half_up(whole.amount * share / 100, whole.currency)
    parts = (half_up(one.charge.money.amount * share / 100, whole.currency) for one in under)
    return total(parts, currency=whole.currency)


def _percent(terms: TaxTerms) -> Decimal:
    return Decimal(0) if terms.reverse_charge else terms.percent


def _note(terms: TaxTerms) -> str:
    """Return the words that must stand on the invoice, with the certificate that frees of tax."""
    proof = f"exemption certificate {terms.certificate}" if terms.certificate else ""
    return ", ".join(part for part in (terms.note, proof) if part)


def _reversed(terms: TaxTerms, money: Money) -> Step:
    note = terms.note or "the receiver owes the tax"
    return Step(text=f"reverse charge: {note}", result=str(money))


def _ref(contract: Contract, terms: TaxTerms) -> str:
    """Return what the charge is called: "tax:S", with its percent where a category has several.

    "tax:S:cost" is what is not got back of a category and percent of which the rest is.
    """
    alike = [row for row in contract.tax if row.category == terms.category]
    name = f"{ChargeKind.TAX.value}:{terms.category}"
    if len({row.percent for row in alike}) > 1:
        name = f"{name}:{quantity(terms.percent)}"  # stored
    mixed = any(row.is_recoverable for row in alike if row.percent == terms.percent)
    return f"{name}:cost" if mixed and not terms.is_recoverable else name  # stored
