"""A company folder on its way into the database, and the firm as the database knows it."""

from drawbar.cli.company.folder import CompanyFolder
from drawbar.cli.company.mode_rules import modes_said
from drawbar.engine.terms import Folder
from drawbar.flow.company import Company
from drawbar.records.company import company_of, newest
from drawbar.records.desk.reads import Reads


def to_apply(read: CompanyFolder) -> Folder:
    """Return a folder that was read as one to apply."""
    return Folder(
        company=read.company,
        files=read.files,
        paths=read.contract_files,
        modes=modes_said(read.systems),
    )


def as_applied(reads: Reads) -> Company | None:
    """Return the firm by its newest version, None where none was applied."""
    with reads.connection() as connection, connection.cursor() as cursor:
        version = newest(cursor)
        return company_of(cursor, version) if version else None
