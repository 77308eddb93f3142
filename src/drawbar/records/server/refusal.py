"""Why the database cannot be opened, in words an operator can act on.

Every refusal names its remedy, and the way without our own server is always one of them.
"""

OWN_DATABASE = (
    "Or use a PostgreSQL of your own (15 to 18): set DATABASE_URL=postgresql://user@host/database."
)


class UnableToOpenDatabase(RuntimeError):
    """No database can be used; ``remedy`` says what a person should do."""

    def __init__(self, what: str, remedy: str = OWN_DATABASE) -> None:
        """Keep both sentences apart: the doctor shows them in two columns."""
        super().__init__(f"{what} {remedy}")
        self.what = what
        self.remedy = remedy
