"""Who may do what in the database: the owner changes tables, the engine works, a request reads.

A request is under row-level security, so it must own nothing and be able to become nobody else.
"""

from psycopg import Connection, errors, sql
from psycopg.rows import scalar_row

OWNER = "drawbar_owner"  # stored
ENGINE = "drawbar_engine"  # stored
REQUEST = "drawbar_request"  # stored

_POWERS = """
SELECT CASE
         WHEN r.rolsuper THEN 'is a superuser'
         WHEN r.rolbypassrls THEN 'is above row-level security'
         WHEN EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p'))
           THEN 'owns tables'
         WHEN EXISTS (SELECT FROM pg_database d WHERE d.datdba = r.oid) THEN 'owns a database'
       END AS power
  FROM pg_roles r
 WHERE pg_has_role(session_user, r.oid, 'MEMBER')
 ORDER BY r.rolname <> session_user
"""

_TABLES_CLOSED_TO_ENGINE = """
SELECT c.oid::regclass::text
  FROM pg_class c
 WHERE c.relrowsecurity AND pg_has_role(current_user, c.relowner, 'USAGE')
   AND c.relnamespace = 'public'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_policy p
                    WHERE p.polrelid = c.oid AND p.polname = 'engine_sees_all')
 ORDER BY 1
"""


class UnsafeRequestRole(RuntimeError):
    """The request role could see every partner's rows. Give it a role that owns nothing."""


def refuse_unsafe_request_role(connection: Connection) -> None:
    """Raise ``UnsafeRequestRole`` if row-level security would not hold the connected role.

    Roles it is a member of count as well: it could become them.
    """
    with connection.cursor(row_factory=scalar_row) as cursor:
        powers = [power for power in cursor.execute(_POWERS) if power]
    if powers:
        raise UnsafeRequestRole(
            f"The request role `{connection.info.user}` {powers[0]}, itself or through a role it "
            "is a member of, so one partner could read another's rows. Point "
            f"DRAWBAR_REQUEST_URL at a role that owns nothing, as `{REQUEST}`."
        )


def make_role(connection: Connection, name: str, *, password: str, powers: str = "") -> None:
    """Create a login role; only the scram verifier of ``password`` reaches the server."""
    verifier = connection.pgconn.encrypt_password(
        password.encode(), name.encode(), b"scram-sha-256"
    )
    statement = sql.SQL("CREATE ROLE {} LOGIN {} PASSWORD {}").format(
        sql.Identifier(name), sql.SQL(powers), sql.Literal(verifier.decode())
    )
    connection.execute(statement)


def make_engine_role(connection: Connection, *, password: str) -> None:
    """Create the engine's role, above row-level security where we may grant that."""
    try:
        with connection.transaction():
            make_role(connection, ENGINE, password=password, powers="BYPASSRLS")
    except errors.InsufficientPrivilege:
        make_role(connection, ENGINE, password=password)  # ``admit_engine`` gives it policies


def existing_roles(connection: Connection) -> set[str]:
    """Return which of our three roles the server has."""
    rows = connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[OWNER, ENGINE, REQUEST]]
    )
    return {name for (name,) in rows}


def grant_defaults(connection: Connection) -> None:
    """Let the engine use every table the connected owner will make; a request gets none by itself.

    Saying it twice is harmless.
    """
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {engine}, {request}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {engine}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {engine}",
    ):
        names = {"engine": sql.Identifier(ENGINE), "request": sql.Identifier(REQUEST)}
        connection.execute(sql.SQL(statement).format(**names))


def has_defaults(connection: Connection) -> bool:
    """Say whether ``grant_defaults`` was done in this database."""
    row = connection.execute("SELECT count(*) = 2 FROM pg_default_acl").fetchone()
    return row is not None and bool(row[0])


def admit_engine(connection: Connection) -> list[str]:
    """Give the engine a policy on each table under row-level security, and return those tables.

    An engine above row-level security does not need it; with it, both kinds see the same rows.
    """
    with connection.cursor(row_factory=scalar_row) as cursor:
        tables = cursor.execute(_TABLES_CLOSED_TO_ENGINE).fetchall()
    for table in tables:
        connection.execute(
            sql.SQL(
                "CREATE POLICY engine_sees_all ON {} TO {} USING (true) WITH CHECK (true)"
            ).format(sql.SQL(table), sql.Identifier(ENGINE))
        )
    return tables
