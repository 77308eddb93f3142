"""The firm as pages and API know it: always by the version of its folder that holds now."""

import time
from collections.abc import Awaitable, Callable

import anyio
from msgspec import structs

from drawbar.engine import Engine
from drawbar.flow.run import FreightRun
from drawbar.web.settings import WebSettings

LOOK_AGAIN_SECONDS = 1.0


def current_settings(engine: Engine, settings: WebSettings) -> Callable[[], Awaitable[WebSettings]]:
    """Return what gives the settings with the firm's newest terms, at most a second old."""
    looked_at = float("-inf")

    async def current() -> WebSettings:
        nonlocal looked_at
        if time.monotonic() - looked_at > LOOK_AGAIN_SECONDS:
            looked_at = time.monotonic()
            await anyio.to_thread.run_sync(engine.refresh)
        return _with_terms(engine, settings)

    return current


def _with_terms(engine: Engine, settings: WebSettings) -> WebSettings:
    run = engine.run
    if not isinstance(run, FreightRun) or run.company.version <= settings.company.version:
        return settings
    return structs.replace(settings, company=run.company)
