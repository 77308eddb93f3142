"""How a page is written: everything escaped, times in the stop's zone, exact money."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import MediaType, Response
from markupsafe import Markup

from drawbar.freight.instant import utc, zone
from drawbar.freight.money import Money, minor_unit
from drawbar.web.auth.visitor import new_key, shown_token, take_told, why_not
from drawbar.web.desks.evidence_action import kinds_of_evidence
from drawbar.web.desks.form import kinds_of_charge
from drawbar.web.desks.shipped import is_shipped, static_address
from drawbar.web.desks.state_mark import cause_said, state_mark, words_of


def render(template: str, **values: Any) -> Response[str]:
    """Return a page. ``here`` marks the desk in the bar, ``query`` stays in the search box."""
    told = {"here": "", "query": "", **values}
    html = _environment().get_template(template).render(**told)
    return Response(html, media_type=MediaType.HTML)


def sentence(name: str) -> str:
    """Return the stored name of a fact as people say it: "TenderAnswered" is "Tender answered"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def moment(at: datetime | None, zone_name: str = "UTC") -> Markup:
    """Return an instant as the clock at the stop shows it, with that clock's zone."""
    if at is None:
        return Markup('<span class="quiet">—</span>')
    local = utc(at).astimezone(zone(zone_name))
    return Markup(
        '<time datetime="{:%Y-%m-%dT%H:%M:%SZ}" title="{:%Y-%m-%d %H:%M:%S} UTC" data-zone="{}">'
        '{:%a %d %b %H:%M} <span class="zone">{}</span></time>'
    ).format(utc(at), utc(at), zone_name, local, local.tzname() or zone_name)


def countdown(at: datetime | None, now: datetime) -> Markup:
    """Return how far away a time is as something that goes on by itself while the page is live."""
    if at is None:
        return Markup('<span class="quiet">—</span>')
    kind = "over" if at <= now else "soon" if at - now < _SOON else "later"
    return Markup(
        '<time class="countdown {}" datetime="{:%Y-%m-%dT%H:%M:%SZ}" data-countdown>{}</time>'
    ).format(kind, utc(at), ago(at, now))


_SOON = timedelta(hours=1)


def wall(at: datetime) -> Markup:
    """Return the clock on the wall of a stop, for a report that names no zone."""
    return Markup('{:%a %d %b %H:%M} <span class="zone">at the stop</span>').format(at)


def window(earliest: datetime, latest: datetime, zone_name: str) -> Markup:
    """Return a window on the clock of its stop, the day once where it is one day."""
    begins, ends = (utc(at).astimezone(zone(zone_name)) for at in (earliest, latest))
    if begins.date() != ends.date():
        return moment(earliest, zone_name) + Markup(" – ") + moment(latest, zone_name)
    return Markup('{:%a %d %b %H:%M}–{:%H:%M} <span class="zone">{}</span>').format(
        begins, ends, ends.tzname() or zone_name
    )


def ago(at: datetime, now: datetime) -> str:
    """Return how far away a time is: "3 h ago", "in 5 d"."""
    return f"{_span(now - at)} ago" if at <= now else f"in {_span(at - now)}"


def age(since: datetime, now: datetime) -> str:
    """Return how long ago in words: "3 min", "2 h", "5 d"."""
    return _span(now - since)


def money(amount: Money | Decimal | None, currency: str | None = None) -> str:
    """Return an exact amount with its currency, grouped by thousands."""
    if amount is None:
        return "—"
    if not isinstance(amount, Money):
        assert currency is not None, "an amount is nothing without its currency"
        amount = Money(amount, currency)
    unit = minor_unit(amount.currency)
    if amount.amount == amount.amount.quantize(unit):
        return f"{amount.amount.quantize(unit):,} {amount.currency}"
    return f"{amount.amount.normalize():,f} {amount.currency}"


def _span(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if abs(seconds) >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("drawbar.web.desks", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "state": state_mark,
        "words": words_of,
        "cause": cause_said,
        "moment": moment,
        "wall": wall,
        "age": age,
        "ago": ago,
        "countdown": countdown,
        "window": window,
        "money": money,
        "sentence": sentence,
    }
    environment.filters.update(filters)
    environment.globals |= {
        "static": static_address,
        "is_shipped": is_shipped,
        "form_token": shown_token,
        "form_key": new_key,
        "take_told": take_told,
        "why_not": why_not,
        "kinds_of_charge": kinds_of_charge,
        "kinds_of_evidence": kinds_of_evidence,
    }
    return environment
