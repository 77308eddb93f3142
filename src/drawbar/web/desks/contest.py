"""What the pages of a dispute and of a claim share: how one is found, shown, and answered."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from litestar import Response
from msgspec import Struct

from drawbar.flow.bill_objection import limit_told
from drawbar.flow.company import Company
from drawbar.freight.dispute import RestCode
from drawbar.freight.stream import StreamKey, StreamKind
from drawbar.records.desk.stream import stream
from drawbar.records.sheet import Rows
from drawbar.settlement.authority import Person
from drawbar.web.auth.visitor import PRESENT
from drawbar.web.desks.form import Form
from drawbar.web.desks.rendering import render
from drawbar.web.desks.state_mark import words_of
from drawbar.web.desks.story_timeline import told_of
from drawbar.web.desks.twin import split
from drawbar.web.problem import unknown
from drawbar.web.settings import WebSettings


class Contest(Struct, frozen=True, kw_only=True):
    """One kind of page: of which stream, under which path, and what it shows beside the story.

    ``says`` gives what the API says of it, under ``word`` in the template of that name.
    """

    word: str
    here: str
    kind: StreamKind
    state: type
    says: Callable[[Any], Any]
    shows: Callable[[Any, Company], Mapping[str, object]]


def contest_page(
    what: Contest, asked: str, cursor: Rows, settings: WebSettings, *, show: str
) -> Response[Any]:
    """Show one of its kind, or give it as data. Raise ``Refusal`` (404) where there is none."""
    ref, as_data = split(asked)
    key = StreamKey(what.kind, ref)
    found = stream(cursor, key)
    if found is None or not isinstance(found.state, what.state):
        raise unknown(what.word)
    said = what.says(found.state)
    if as_data:
        return Response(said)
    shown = {what.word: said} | dict(what.shows(found.state, settings.company))
    return render(
        f"{what.word}.html",
        here=what.here,
        ref=ref,
        status=said.status,
        path=f"{what.here}/{quote(ref)}",
        codes=tuple((code.value, words_of(code.value)) for code in RestCode),
        limit=_limit(settings.company),
        now=settings.clock.now(),
        home_zone=settings.company.zone,
        **shown,
        **told_of(cursor, key, show=show),
    )


def amount_said(form: Form, field: str, label: str) -> dict[str, str]:
    """Return the amount of a form as the API takes it, in the currency that the form names."""
    currency = form.needed("currency")
    return {"amount": f"{form.money(field, currency, label).amount:f}", "currency": currency}


def _limit(company: Company) -> str:
    visitor = PRESENT.get()
    if visitor is None:
        return ""
    person = Person(name=visitor.caller.sender, role=visitor.caller.role.value)
    return limit_told(person, company)
