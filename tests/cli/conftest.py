"""What tests of the command line share: one server, and a firm for each module."""

from tests.cli.stand import company, firm, logins_of_firm, run
from tests.engine.database import template

__all__ = ["company", "firm", "logins_of_firm", "run", "template"]
