"""The firm's door: paper that people hand in goes over the process API, with a key."""

import json
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from drawbar.world.conductor import Paper

SECONDS = 20
NOT_YET = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE})


class Door:
    """Hands paper in, each once, as any program with a key does."""

    def __init__(self, address: str, token: str) -> None:
        """Speak to the API at ``address``."""
        self._address, self._token = address, token

    def hand_in(self, paper: Paper) -> bool:
        """Hand in one paper; false where it has to come again. Raise ``OSError``."""
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Idempotency-Key": paper.key,
        }
        body = json.dumps(paper.body).encode()
        question = Request(self._address + paper.path, data=body, headers=headers)  # noqa: S310
        try:
            with urlopen(question, timeout=SECONDS):  # noqa: S310 - our own address
                return True
        except HTTPError as error:
            if error.code in NOT_YET:
                return False
            raise RefusedPaper(f"{paper.path}: {error.code} {error.read().decode()}") from error


class RefusedPaper(RuntimeError):
    """The firm refuses what the world hands in: one of the two is wrong."""
