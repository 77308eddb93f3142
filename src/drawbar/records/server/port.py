"""The TCP port of our own server: the same from start to start while nobody else takes it.

Chosen below the range the system gives to outgoing connections, so that none of them takes it.
"""

import secrets
import socket
from pathlib import Path

from drawbar.records.server.durable import write_private

LOOPBACK = "127.0.0.1"
_LOWEST, _HIGHEST = 15_000, 32_000


def choose_port(path: Path) -> int:
    """Return the port kept in ``path`` if it is free, else another, which is then kept."""
    kept = int(path.read_text()) if path.exists() else 0
    if kept and is_free(kept):
        return kept
    port = _free_port()
    write_private(path, str(port).encode())
    return port


def is_free(port: int) -> bool:
    """Say whether a server could listen on ``port`` of this machine's loopback now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    while True:
        port = _LOWEST + secrets.randbelow(_HIGHEST - _LOWEST)
        if is_free(port):
            return port
