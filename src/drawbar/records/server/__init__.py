"""The database server: the firm's own, or one that Drawbar starts and stops by itself.

``open_database`` is the door; everything else here serves it.
"""

from drawbar.records.server.database import Database, open_database
from drawbar.records.server.isolated import isolated
from drawbar.records.server.logins import Logins
from drawbar.records.server.refusal import UnableToOpenDatabase

__all__ = ["Database", "Logins", "UnableToOpenDatabase", "isolated", "open_database"]
