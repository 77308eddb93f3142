"""What tests of messages share."""

from tests.engine.database import clock, engine, logins, pool, template

__all__ = ["clock", "engine", "logins", "pool", "template"]
