"""What is wrong with one contract though each of its fields can be read."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from drawbar.cli.company.codes import CURRENCIES
from drawbar.cli.company.fuel_rules import fuel_rules
from drawbar.cli.company.lane_rules import lane_rules
from drawbar.cli.company.mistake import Path, meant, unheard_of
from drawbar.cli.company.rule import Judged, warned
from drawbar.cli.company.span import Span, overlaps
from drawbar.freight.accessorial import DetentionRate, Unit
from drawbar.freight.contract import Contract, Side
from drawbar.freight.ltl import LtlTerms
from drawbar.freight.tax import TaxTerms

WHOLE = Decimal(100)


def contract_rules(
    contract: Contract, *, indices: Collection[str], sources: Collection[str]
) -> Iterator[Judged]:
    """Return what is wrong with a contract.

    ``indices`` and ``sources`` are those that the folder has prices and exchange rates of.
    """
    yield from currency_rules(contract.currency, ("currency",))
    if contract.valid_to is not None and contract.valid_to <= contract.valid_from:
        what = f"It ends on {contract.valid_to}, before it has begun on {contract.valid_from}."
        yield Judged(("valid_to",), what, "valid_to is the first day on which it holds no more.")
    if contract.version < 1:
        yield Judged(("version",), "Versions count from 1.", "Write version: 1.")
    yield from lane_rules(contract)
    yield from fuel_rules(contract, indices)
    if contract.ltl is not None:
        yield from _ltl(contract.ltl)
    for name in ("detention", "detention_at_delivery"):
        yield from _detention(getattr(contract, name), (name,))
    yield from _accessorials(contract)
    yield from _taxes(contract)
    yield from _terms(contract, sources)


def currency_rules(currency: str, path: Path) -> Iterator[Judged]:
    """Return what is wrong with a currency."""
    if currency not in CURRENCIES:
        near = meant(currency, CURRENCIES, otherwise="Write an ISO 4217 code such as USD.")
        yield Judged(path, f"No currency is called {currency!r}.", near)


def _ltl(ltl: LtlTerms) -> Iterator[Judged]:
    spans = [Span(at, one.class_from, one.class_to) for at, one in enumerate(ltl.fak)]
    for later, earlier in overlaps(spans):
        what = f"Classes from {later.start} on are in fak[{earlier.place}] too."
        yield Judged(("ltl", "fak", later.place), what, "Let each class be in one range.")
    if ltl.density is None:
        return
    doubles = Counter(one.from_lb_per_cubic_ft for one in ltl.density.bands)
    for number, one in enumerate(ltl.density.bands):
        if doubles[one.from_lb_per_cubic_ft] > 1:
            what = f"Two classes from {one.from_lb_per_cubic_ft} lb per cubic foot."
            yield Judged(("ltl", "density", "bands", number), what, "Keep one of them.")


def _detention(rate: DetentionRate | None, path: Path) -> Iterator[Judged]:
    if rate is None:
        return
    if rate.increment_minutes < 1:
        what = "An increment of no minutes."
        yield Judged((*path, "increment_minutes"), what, "Write such as 15.")
    if rate.cap is not None and rate.minimum is not None and rate.cap < rate.minimum:
        what = f"The cap {rate.cap} is below the minimum {rate.minimum}."
        yield Judged((*path, "cap"), what, "Mend one of the two.")
    doubles = Counter(one.from_lb for one in rate.free_time_by_weight)
    for number, one in enumerate(rate.free_time_by_weight):
        if doubles[one.from_lb] > 1:
            what = f"Two free times from {one.from_lb} lb."
            yield Judged((*path, "free_time_by_weight", number), what, "Keep one of them.")


def _accessorials(contract: Contract) -> Iterator[Judged]:
    doubles = Counter((one.kind, one.place_is) for one in contract.accessorials)
    for number, one in enumerate(contract.accessorials):
        here: Path = ("accessorials", number)
        if doubles[one.kind, one.place_is] > 1:
            what = f"{one.kind.value} is stated twice."
            yield Judged(here, what, "Keep one, or tell them apart by place_is.")
        if one.cap is not None and one.minimum is not None and one.cap < one.minimum:
            what = f"The cap {one.cap} is below the minimum {one.minimum}."
            yield Judged((*here, "cap"), what, "Mend one of the two.")
        if one.per is Unit.RECEIPT and one.cap is None and not one.needs_approval:
            what = f"Whatever a receipt for {one.kind.value} says is paid, without limit."
            yield warned(here, what, "Add a cap, or needs_approval: true.")
    passed = Counter(one.kind for one in contract.pass_through)
    for number, rule in enumerate(contract.pass_through):
        if passed[rule.kind] > 1:
            what = f"{rule.kind.value} is passed through twice."
            yield Judged(("pass_through", number), what, "Keep one of them.")
    if contract.pass_through and contract.side is Side.BUY:
        what = "Passing a carrier's charge through is a customer's clause."
        yield warned(("pass_through",), what, "Move it to the sell contract.")


def _taxes(contract: Contract) -> Iterator[Judged]:
    seen: dict[object, list[int]] = {}
    for number, one in enumerate(contract.tax):
        if one.percent > WHOLE:
            what = f"A tax of {one.percent} percent."
            yield Judged(("tax", number, "percent"), what, "Write such as 19.")
        for kind in one.kinds or ("all else",):
            where = kind, one.origin, one.destination, bool(one.certificate)
            other = next(
                (at for at in seen.get(where, ()) if _at_once(one, contract.tax[at])), None
            )
            if other is not None:
                what = f"{kind} is under tax[{other}] too."
                yield Judged(("tax", number), what, "Let each kind be under one category.")
            seen.setdefault(where, []).append(number)
        if one.certificate and one.percent:
            what = f"Exempt by certificate {one.certificate}, and a tax of {one.percent} percent."
            yield Judged(("tax", number, "percent"), what, "Write 0, or leave the certificate out.")
        if one.category == "E" and not (one.certificate or one.note):
            what = "Nothing says by what right it is exempt."
            yield warned(("tax", number), what, "Add the certificate, or the note of the law.")
        if one.reverse_charge and not one.note:
            what = "Under reverse charge a note must stand on the invoice."
            yield Judged(("tax", number, "note"), what, "Add the words that the law asks for.")


def _at_once(one: TaxTerms, other: TaxTerms) -> bool:
    """Return whether two clauses hold on one day."""
    begin = max(one.valid_from or date.min, other.valid_from or date.min)
    return begin < min(one.valid_to or date.max, other.valid_to or date.max)


def _terms(contract: Contract, sources: Collection[str]) -> Iterator[Judged]:
    if contract.exchange is not None and contract.exchange.source not in sources:
        source = contract.exchange.source
        what = f"The folder has no exchange rates of {source!r}."
        add = f"Add exchange/{source}.csv with base, quote, rate_on and rate"
        publish = f"publish them to /v1/exchange/{source}/rates"
        remedy = unheard_of(source, sources, otherwise=f"{add}, or {publish}.")
        yield warned(("exchange", "source"), what, remedy)
    if contract.quick_pay is not None and contract.quick_pay.percent >= WHOLE:
        what = f"A discount of {contract.quick_pay.percent} percent."
        yield Judged(("quick_pay", "percent"), what, "Write such as 2.")
    if contract.quick_pay is not None and contract.quick_pay.days >= contract.payment_days:
        what = "Quick pay is not quicker than the payment terms."
        yield warned(("quick_pay", "days"), what, f"Write fewer than {contract.payment_days} days.")
