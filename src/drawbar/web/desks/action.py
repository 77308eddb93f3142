"""The one way in which a page acts: a form, by a known person, for a reason that stays for ever.

A form acts once however often it is sent: its hidden key is the key of the message that it becomes.
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar

import msgspec
from litestar import Request, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect
from msgspec import Struct

from drawbar.engine import Engine
from drawbar.records.desk.reads import Reads
from drawbar.web.api.v1.inbound import Inbound, TakenV1
from drawbar.web.auth.caller import Caller
from drawbar.web.auth.guard import COOKIE
from drawbar.web.auth.policy import acts
from drawbar.web.auth.role import Scope
from drawbar.web.auth.visitor import TOLD_COOKIE, Told, is_form_of, told_token
from drawbar.web.desks.form import Form, read_form
from drawbar.web.given import GivenCaller, GivenEngine, GivenReads, GivenSettings
from drawbar.web.problem import Refusal, problem
from drawbar.web.settings import WebSettings
from drawbar.web.unfit import body_problem

Body = TypeVar("Body", bound=Struct)
_KEY = re.compile(r"[A-Za-z0-9_-]{8,80}")
_PATH = re.compile(r"/(?![/\\])[!-~]{0,300}")
_TWICE = "This was done already: the same form came before, and once is enough."
_TOLD_LIFE = timedelta(minutes=2)


class Done(Struct, frozen=True, kw_only=True):
    """What an action came to, in a sentence, and which page shows it."""

    says: str
    back: str


class Acting(Struct, frozen=True, kw_only=True):
    """One form on its way in: who sent it, what it says, and what stands behind the page.

    ``path`` holds what the address names; ``key`` is the same however often the form is sent.
    """

    caller: Caller
    form: Form
    path: Mapping[str, str]
    key: str
    verb: str
    engine: Engine
    reads: Reads
    settings: WebSettings

    def inbound(self, body: Struct | None = None) -> Inbound:
        """Return what the form says as a request to the API, with this form's key."""
        return Inbound(
            body=msgspec.json.encode(body) if body is not None else b"",
            key=f"key:{self.key}",
            caller=self.caller,
            engine=self.engine,
            reads=self.reads,
            settings=self.settings,
        )

    def take(self, body: Struct) -> TakenV1:
        """Take in what the form says, as the API takes it. Raise ``Refusal``."""
        return self.inbound(body).take(self.verb)

    def was_done(self) -> bool:
        """Say whether this very form was taken before: somebody clicked twice."""
        return bool(self.verb) and self.inbound().was_taken(self.verb)


Sent = NamedDependency[Form]
"""The form that a request holds."""

Act = Callable[[Acting], Done]
"""What a form does. Raises ``Refusal``, whose text the person reads on the page."""


def body_of(shape: type[Body], values: Mapping[str, Any]) -> Body:
    """Return what a form says in the API's own shape. Raise ``Refusal`` where it does not fit."""
    try:
        told: Body = msgspec.json.decode(msgspec.json.encode(values), type=shape)
    except msgspec.ValidationError as error:
        raise Refusal(body_problem(error)) from error
    return told


def action(
    path: str, scope: Scope, act: Act, *, verb: str = "", back: str = "/"
) -> HTTPRouteHandler:
    """Return the route of a form. ``back`` is the page to go to where the form names none.

    ``verb`` is the API's, where the form becomes a message. Whatever comes of it, the person is
    sent back to a page that says so.
    """

    @post(path, status_code=303, name=f"act {path}", **acts(scope))
    def acted(
        request: Request[Any, Any, Any],
        form: Sent,
        caller: GivenCaller,
        engine: GivenEngine,
        reads: GivenReads,
        settings: GivenSettings,
    ) -> Redirect:
        """Do what the form says, and go back."""
        try:
            refuse_unshown(request, form, settings)
            acting = Acting(
                caller=caller,
                form=form,
                path={name: str(value) for name, value in request.path_params.items()},
                key=_key(form),
                verb=verb,
                engine=engine,
                reads=reads,
                settings=settings,
            )
            done = Done(says=_TWICE, back=back) if acting.was_done() else act(acting)
        except Refusal as refusal:
            return _back(_way(form, back), _words(refusal), settings, is_refusal=True)
        return _back(_way(form, done.back), done.says, settings, is_refusal=False)

    return acted


async def form_of(request: Request[Any, Any, Any]) -> Form:
    """Return the form that a request holds. Raise ``Refusal`` for anything else."""
    return read_form(await request.body(), request.content_type[0])


def refuse_unshown(request: Request[Any, Any, Any], form: Form, settings: WebSettings) -> None:
    """Raise ``Refusal`` (403) unless the form was shown to this very session.

    A key in the header is no session: no browser sends one by itself.
    """
    if "Authorization" in request.headers:
        return
    session = request.cookies.get(COOKIE, "")
    if not is_form_of(session, form.text("form_token"), secret=settings.secret):
        text = "This form is not of your session any more. Look at the page again, then decide."
        raise Refusal(problem(403, "not-from-here", text))


def _key(form: Form) -> str:
    given = form.text("form_key")
    if not _KEY.fullmatch(given):
        raise Refusal(problem(422, "unfit-form", "The form has no key. Open the page again."))
    return f"form-{given}"


def _way(form: Form, otherwise: str) -> str:
    """Return the page to go back to: one of ours, never an address elsewhere."""
    wanted = form.text("back")
    return wanted if _PATH.fullmatch(wanted) else otherwise


def _words(refusal: Refusal) -> str:
    said = refusal.problem
    flaws = " ".join(f"{flaw.message} {flaw.remedy}" for flaw in said.errors)
    return f"Nothing was done. {said.detail} {flaws}".strip()


def _back(where: str, says: str, settings: WebSettings, *, is_refusal: bool) -> Redirect:
    expires_at = settings.machine.now() + _TOLD_LIFE
    told = Told(text=says, is_refusal=is_refusal, expires_at=expires_at)
    cookie = Cookie(
        key=TOLD_COOKIE,
        value=told_token(told, secret=settings.secret),
        path="/",
        max_age=int(_TOLD_LIFE.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=settings.secure_cookie,
    )
    return Redirect(where, status_code=303, cookies=[cookie])
