"""What tests of the records share."""

from tests.engine.database import clock, engine, logins, pool, template

__all__ = ["clock", "engine", "logins", "pool", "template"]
