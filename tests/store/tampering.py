"""How does somebody write in the audit trail who has the whole database? They take away what keeps its rows as they are."""

from sqlalchemy import Connection, text

from store.database import Database

OF_SQLITE = ("audit_is_not_changed", "audit_is_not_deleted", "audit_is_not_replaced")


def let_in(connection: Connection) -> None:
    """Take the triggers away."""
    if connection.dialect.name == "sqlite":
        for name in OF_SQLITE:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
    else:
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))


def open_to_tampering(database: Database) -> Database:
    """The database without them."""
    with database.write() as connection:
        let_in(connection)
    return database
