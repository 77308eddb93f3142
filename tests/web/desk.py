"""A person at a desk in a test: a browser without any script, with a session of a role."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from drawbar.web.auth.role import Role
from drawbar.web.auth.visitor import form_token
from drawbar.web.login import login_path


class Desk:
    """One person at a browser without any script."""

    def __init__(self, doors: Any, client: httpx.Client) -> None:
        self.doors, self.client, self.number = doors, client, 0

    def page(self, path: str) -> str:
        """Return a page as this person sees it."""
        return self.client.get(path, headers={"Accept": "text/html"}).text

    def data(self, path: str) -> Any:
        """Return a page's twin."""
        return self.client.get(path).json()

    def button(self, path: str, label: str) -> str:
        """Return a button as it is written on a page."""
        found = re.search(rf"<button[^>]*>{re.escape(label)}</button>", self.page(path))
        assert found, f"no button {label!r} on {path}"
        return found[0]

    def send(self, path: str, *, key: str = "", **fields: str) -> str:
        """Send a form and return what the next page tells."""
        self.number += 1
        session = self.client.cookies["drawbar_session"]
        form = {
            "form_token": form_token(session, secret=self.doors.settings.secret),
            "form_key": key or f"{id(self)}-{self.number:04}",
            "reason": "the receipt is in",
            "back": "/waits",
        }
        answer = self.client.post(path, data=form | fields)
        assert answer.status_code == 303, answer.text
        self.doors.work()
        found = re.search(r'<p class="told[^>]*>(.*?)</p>', self.page("/waits"), re.DOTALL)
        assert found, "nothing was told"
        return found[1].replace("&#39;", "'").replace("&#34;", '"')


@contextmanager
def seated(doors: Any, name: str, role: Role) -> Iterator[Desk]:
    """Yield the desk of ``name``, who came by a login link."""
    with httpx.Client(base_url=doors.address, timeout=60) as client:
        client.get(login_path(name, role, doors.settings), follow_redirects=False)
        yield Desk(doors, client)
