"""A browser before a whole Drawbar, with five thousand shipments on its books."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from drawbar.web.auth.role import Role
from drawbar.web.login import login_path
from tests.web.conftest import Doors, doors, migrated, server
from tests.web.test_pages import tell_story

__all__ = [
    "MANY",
    "Visit",
    "books",
    "doors",
    "migrated",
    "server",
    "signed_in",
    "window",
]
MANY = 5000
_MANY_SHIPMENTS = """
    INSERT INTO shipments (ref, version, changed_at, body, status, customer_ref, carrier_ref,
           order_ref, origin, destination, pickup_due_at, delivery_due_at, tender_state, cost,
           revenue, currency)
    SELECT 'S-T-' || lpad(n::text, 5, '0'), 1, changed_at, body,
           (ARRAY['in_transit', 'delivered', 'covered', 'uncovered'])[1 + n %% 4],
           (ARRAY['GLOBEX', 'INITECH', 'UMBRELLA'])[1 + n %% 3],
           (ARRAY['ABCD', 'BLFT', 'CDRV', 'NRTH'])[1 + n %% 4], 'T-' || n,
           (ARRAY['Dallas, TX', 'Atlanta, GA', 'Reno, NV'])[1 + n %% 3],
           (ARRAY['Chicago, IL', 'Columbus, OH'])[1 + n %% 2],
           timestamptz '2026-03-02 06:00Z' + n * interval '3 minutes',
           timestamptz '2026-03-04 06:00Z' + n * interval '3 minutes',
           'accepted', 1000 + n * 0.25, 1300 + n, 'USD'
      FROM shipments, generate_series(1, %s) AS n WHERE ref = 'S-SO-8001'
"""
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def books(doors: Doors) -> Doors:
    """Tell the story of a load that is billed too high, beside many other loads."""
    tell_story(doors)
    with psycopg.connect(doors.logins.engine_url, autocommit=True) as connection:
        connection.execute(_MANY_SHIPMENTS, [MANY])
    return doors


@contextmanager
def signed_in(
    chromium: Browser, doors: Doors, role: Role = Role.ADMIN, **look: object
) -> Iterator[BrowserContext]:
    """Yield a browser window in which somebody has followed their login link."""
    context = chromium.new_context(**{"viewport": {"width": 1360, "height": 850}, **look})  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(doors.address + login_path("Ann", role, doors.settings))
    page.close()
    try:
        yield context
    finally:
        context.close()


@pytest.fixture
def window(chromium: Browser, books: Doors) -> Iterator[BrowserContext]:
    with signed_in(chromium, books) as context:
        yield context
