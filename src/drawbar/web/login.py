"""The way in for a person: a link to follow once, which opens a session in the browser."""

from datetime import datetime

from litestar import get
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect

from drawbar.records.api_key import use_login_link
from drawbar.records.desk.reads import Reads
from drawbar.web.auth.guard import COOKIE
from drawbar.web.auth.policy import open_to_all
from drawbar.web.auth.role import Role
from drawbar.web.auth.token import SESSION_LIFE, login_token, read_login, session_token
from drawbar.web.given import GivenReads, GivenSettings
from drawbar.web.problem import Refusal, problem
from drawbar.web.settings import WebSettings


def login_path(name: str, role: Role, settings: WebSettings) -> str:
    """Return the path that lets ``name`` in, once, within half an hour."""
    token = login_token(name, role, secret=settings.secret, at=settings.machine.now())
    return f"/login/{token}"


@get("/login/{token:str}", **open_to_all("the link itself is the proof"))
def log_in(token: FromPath[str], reads: GivenReads, settings: GivenSettings) -> Redirect:
    """Open a session for whoever follows a login link for the first time."""
    now = settings.machine.now()
    link = read_login(token, secret=settings.secret, at=now)
    if link is None or not _first_use(reads, link.nonce, now):
        raise Refusal(problem(401, "link-used", _USED))
    session = session_token(link, secret=settings.secret, at=now)
    return Redirect("/", status_code=303, cookies=[_cookie(session, settings)])


_USED = "This link was used or is too old. The command that started Drawbar prints a new one."


def _first_use(reads: Reads, nonce: str, now: datetime) -> bool:
    with reads.connection() as connection:
        return use_login_link(connection, nonce, at=now)


def _cookie(session: str, settings: WebSettings) -> Cookie:
    return Cookie(
        key=COOKIE,
        value=session,
        path="/",
        max_age=int(SESSION_LIFE.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=settings.secure_cookie,
    )
