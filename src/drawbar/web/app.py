"""The web application: every route with its policy, over one engine and one pool to read with."""

from collections.abc import Mapping
from typing import Any

from litestar import Litestar
from litestar.di import Provide
from litestar.exceptions import HTTPException

from drawbar.engine import Engine
from drawbar.records.desk.reads import Reads
from drawbar.web.api.v1.inbound import inbound_of
from drawbar.web.api.v1.routes import API
from drawbar.web.as2 import Doorman, take_as2
from drawbar.web.auth.guard import guard_of, present_caller
from drawbar.web.auth.policy import declared_policies
from drawbar.web.current import current_settings
from drawbar.web.description import description
from drawbar.web.desks.action import form_of
from drawbar.web.desks.routes import DESKS
from drawbar.web.headers import add_headers, forget_told
from drawbar.web.health import is_alive, is_ready
from drawbar.web.login import log_in
from drawbar.web.one_thread import taken_once
from drawbar.web.problem import Refusal
from drawbar.web.problem_page import problem_kind
from drawbar.web.refusal import answer_fault, answer_framework, answer_refusal
from drawbar.web.request import StrictRequest
from drawbar.web.settings import WebSettings

HANDLERS = (*API, *DESKS, description, problem_kind, log_in, take_as2, is_alive, is_ready)
"""Every route there is."""


def create_app(*, engine: Engine, reads: Reads, settings: WebSettings) -> Litestar:
    """Return the application. Raise ``UndeclaredPolicy`` when a route does not say who may use it.

    The pool stays the caller's: it is closed after the application.
    """
    app = Litestar(
        route_handlers=HANDLERS,
        guards=[guard_of(reads, settings)],
        dependencies=_dependencies(engine, reads, settings),
        exception_handlers={
            Refusal: answer_refusal,
            HTTPException: answer_framework,
            Exception: answer_fault,
        },
        before_send=[add_headers, forget_told],
        request_class=StrictRequest,
        request_max_body_size=settings.body_bytes_max,
        openapi_config=None,
        logging_config=None,
        debug=False,
    )
    taken_once(app.routes)
    declared_policies(app.routes)
    return app


def _dependencies(engine: Engine, reads: Reads, settings: WebSettings) -> Mapping[str, Provide]:
    given: dict[str, Any] = {"engine": engine, "reads": reads}
    fixed = {name: Provide(_constant(value), sync_to_thread=False) for name, value in given.items()}
    return {
        **fixed,
        "settings": Provide(current_settings(engine, settings)),
        "caller": Provide(present_caller, sync_to_thread=False),
        "inbound": Provide(inbound_of),
        "posted": Provide(Doorman()),
        "form": Provide(form_of),
    }


def _constant(value: Any) -> Any:
    return lambda: value
