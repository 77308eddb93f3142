"""Make the files of a new server, once.

They get their final name when they are complete: a start that was killed leaves none behind.
"""

import shutil
import tempfile
from pathlib import Path

from drawbar.records.server.durable import rename
from drawbar.records.server.refusal import OWN_DATABASE, UnableToOpenDatabase
from drawbar.records.server.seat import Seat

ADMIN = "drawbar_admin"
MAJOR = "18"
# For two cores and a few gigabytes; an operator may change them in postgresql.conf.
SETTINGS = {
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "1GB",
    "random_page_cost": "1.1",
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "max_parallel_workers_per_gather": "1",
    "autovacuum_naptime": "15s",  # queues fill and drain within seconds
    "jit": "off",  # our queries are short
    "client_connection_check_interval": "5s",  # a query of a killed client ends
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
}


def make_cluster(seat: Seat) -> None:
    """Make the cluster unless it is there. The caller holds the lock."""
    if seat.place.cluster.exists():
        return _refuse_other_version(seat.place.cluster)
    for rest in seat.place.folder.glob("new-*"):
        shutil.rmtree(rest, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix="new-", dir=seat.place.folder))
    seat.account.own(draft)
    _initdb(seat, draft)
    rename(draft / "cluster", seat.place.cluster)
    shutil.rmtree(draft)
    return None


def _initdb(seat: Seat, draft: Path) -> None:
    password = draft / "password"
    password.touch(mode=0o600)
    password.write_text(seat.passwords.admin)
    seat.account.own(password)
    went_well, said = seat.run(
        "initdb",
        f"--pgdata={draft / 'cluster'}",
        f"--username={ADMIN}",
        f"--pwfile={password}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",  # the words of messages and numbers
        "--locale-provider=builtin",  # order and case, the same on every platform
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
        *(f"--set={name}={value}" for name, value in SETTINGS.items()),
    )
    if not went_well:
        raise UnableToOpenDatabase(f"PostgreSQL could not make {seat.place.cluster}: {said}")


def _refuse_other_version(cluster: Path) -> None:
    found = (cluster / "PG_VERSION").read_text().strip()
    if found != MAJOR:
        raise UnableToOpenDatabase(
            f"The data in {cluster} are of PostgreSQL {found}; this Drawbar brings {MAJOR}.",
            "Dump them with the Drawbar that wrote them and load them into a new DRAWBAR_DATA. "
            + OWN_DATABASE,
        )
