"""The cast: the small systems of a world by the roles that they play, each told things at its desk.

One line stays open to each: a world says thousands of things.
"""

import http.client
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any
from urllib.parse import urlsplit

SECONDS = 30
NOT_WELL = 400


class Unheard(OSError):
    """A small system did not take what it was told. Its answer says why."""


class Desk:
    """One system's desk."""

    def __init__(self, address: str) -> None:
        """Speak to the system at ``address``."""
        self.address = address
        self._host = urlsplit(address).netloc
        self._line: http.client.HTTPConnection | None = None

    def tell(self, path: str, body: Any = None, *, method: str = "POST") -> Any:
        """Tell it something and return its answer. Raise ``OSError``."""
        said = None if body is None else json.dumps(body).encode()
        try:
            return self._tell(method, path, said)
        except (http.client.HTTPException, ConnectionError):
            self.close()  # the line had gone stale; what is told bears a key, so again is harmless
            return self._tell(method, path, said)

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._line.close()
        self._line = None

    def _tell(self, method: str, path: str, body: bytes | None) -> Any:
        self._line = self._line or http.client.HTTPConnection(self._host, timeout=SECONDS)
        self._line.request(method, path, body, {"Content-Type": "application/json"})
        answer = self._line.getresponse()
        text = answer.read()
        if answer.status >= NOT_WELL:
            raise Unheard(f"{path} at {self.address}: {answer.status} {text[:200].decode()}")
        return json.loads(text or b"null")


class Cast:
    """Who plays: the ERP, the warehouse, the carriers by their codes, the telematics."""

    def __init__(
        self, addresses: Mapping[str, str], *, carriers: Mapping[str, str], telematics: str
    ) -> None:
        """Speak to systems by their names; ``carriers`` says which one is which carrier's."""
        self.desks = {name: Desk(address) for name, address in addresses.items()}
        self.carriers = dict(carriers)
        self.telematics = telematics
        self._mouths = ThreadPoolExecutor(len(self.desks), "cast")

    def tell_each(self, path: str, words: Mapping[str, Any]) -> dict[str, Any]:
        """Tell systems, by their names, each its own at once; return their answers in that order.

        Raise ``OSError`` when all have been told: what the first that did not take it said.
        """
        if len(words) == 1:
            return {name: self.desks[name].tell(path, body) for name, body in words.items()}
        told = {
            name: self._mouths.submit(self.desks[name].tell, path, body)
            for name, body in words.items()
        }
        wait(told.values())
        return {name: one.result() for name, one in told.items()}

    @property
    def erp(self) -> Desk:
        """Return the ERP's desk."""
        return self.desks["erp"]

    @property
    def wms(self) -> Desk:
        """Return the warehouse's desk."""
        return self.desks["wms"]

    def close(self) -> None:
        """Hang up on everybody."""
        self._mouths.shutdown()
        for desk in self.desks.values():
            desk.close()
