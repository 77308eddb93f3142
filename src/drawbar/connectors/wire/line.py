"""An SFTP line: connected at its first use, kept alive, used by one thread at a time.

The server shows its host key before it learns who we are. A line that broke is hung up, and the
next use connects anew; nothing is tried again by itself.
"""

import contextlib
import logging
import os
import socket
import threading
from collections.abc import Iterator

import paramiko
from paramiko import Transport

from drawbar.connectors.wire.far import Far
from drawbar.connectors.wire.host_key import check, kinds
from drawbar.connectors.wire.login import own_key
from drawbar.connectors.wire.port import Barred, Cut
from drawbar.connectors.wire.setting import Sftp
from drawbar.connectors.wire.watch import Watch

LOG = "drawbar.ssh"
logging.getLogger(LOG).addHandler(logging.NullHandler())
logging.getLogger(LOG).propagate = False  # what breaks is told by what we raise


class SftpLine:
    """One connection to one server."""

    def __init__(self, settings: Sftp) -> None:
        """Connect to nothing yet."""
        self._settings = settings
        self._lock = threading.RLock()
        self._transport: Transport | None = None
        self._far: Far | None = None
        self._near: socket.socket | None = None

    @contextlib.contextmanager
    def using(self) -> Iterator[Far]:
        """Yield the far side. Raise ``Barred``, ``Cut``, or ``OSError`` where it says no."""
        with self._lock:
            far = self._open()
            try:
                with Watch(2 * self._settings.answer_seconds, self._hang_up) as watch:
                    far.beat = watch.beat
                    yield far
            except (paramiko.SSHException, EOFError, TimeoutError) as error:
                self.close()
                raise Cut(self._told(error)) from error
            except OSError as error:
                if self.is_alive():
                    raise OSError(error.errno, self._told(error)) from error
                self.close()
                raise Cut(self._told(error)) from error

    def close(self) -> None:
        """Hang up; the next use connects anew."""
        with self._lock:
            transport, near = self._transport, self._near
            self._transport, self._near, self._far = None, None, None
            if transport is not None:
                transport.close()
            if near is not None:
                near.close()  # the library leaves it open where it never began

    def is_alive(self) -> bool:
        """Say whether the line stands."""
        return self._transport is not None and self._transport.is_active()

    def _told(self, error: BaseException) -> str:
        said = getattr(error, "strerror", None) or str(error) or "the connection broke"
        return f"{self._settings.host}: {said}"

    def _hang_up(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _open(self) -> Far:
        if self._far is None or not self.is_alive():
            self.close()
            try:
                self._far = self._connected()
            except (paramiko.SSHException, EOFError, OSError) as error:
                self.close()
                raise self._refusal(error) from error
            except Barred:
                self.close()
                raise
        return self._far

    def _refusal(self, error: Exception) -> Exception:
        if isinstance(error, paramiko.BadAuthenticationType | paramiko.AuthenticationException):
            text = f"{self._settings.host} does not let {self._settings.user} in: {error}"
            return Cut(text)
        return Cut(self._told(error))

    def _connected(self) -> Far:
        told = self._settings
        near = socket.create_connection((told.host, told.port), told.connect_seconds)
        near.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._near = near
        transport = self._transport = Transport(near)
        transport.set_log_channel(LOG)
        transport.banner_timeout = transport.auth_timeout = told.answer_seconds
        transport.channel_timeout = told.answer_seconds
        preferred = kinds(told.host_keys)
        if preferred:
            transport.get_security_options().key_types = preferred
        transport.start_client(timeout=told.answer_seconds)
        shown = transport.get_remote_server_key()
        check(shown.get_name(), shown.asbytes(), host=told.host, pinned=told.host_keys)
        self._let_in(transport)
        transport.set_keepalive(told.alive_seconds)
        channel = transport.open_session(timeout=told.answer_seconds)
        channel.settimeout(told.answer_seconds)
        channel.invoke_subsystem("sftp")
        return Far(channel)

    def _let_in(self, transport: Transport) -> None:
        told = self._settings
        if told.key_file:
            transport.auth_publickey(told.user, own_key(told))
        if told.password_env and not transport.is_authenticated():
            transport.auth_password(told.user, os.environ.get(told.password_env, ""))
