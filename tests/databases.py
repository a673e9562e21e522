"""How does every test get a PostgreSQL database as good as new, when making one takes half a second?

What was prepared is copied into a schema beside it. Before each test every table is emptied and filled from there, which takes
some milliseconds, and whoever is still connected is sent away.
"""

from sqlalchemy import URL, create_engine

from store.every_table import metadata

TABLES = [f'"{table.name}"' for table in metadata.sorted_tables]
PUT_BACK = ";".join(
    [
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        "DO $$ DECLARE day regclass; BEGIN FOR day IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'public.past_event'::regclass "
        "LOOP EXECUTE 'DROP TABLE ' || day; END LOOP; END $$",
        "ALTER TABLE public.audit DISABLE TRIGGER USER",  # its rows stay, but not from one test to the next
        *(f"DELETE FROM public.{table}" for table in reversed(TABLES)),  # noqa: S608  # our own names of tables
        *(f"INSERT INTO public.{table} SELECT * FROM kept.{table}" for table in TABLES),  # noqa: S608  # the same
        "ALTER TABLE public.audit ENABLE TRIGGER USER",
        "SELECT setval(named::regclass, at, called) FROM kept.counters",
    ]
)
KEEP = ";".join(
    [
        "CREATE SCHEMA kept",
        *(f"CREATE TABLE kept.{table} AS TABLE public.{table}" for table in TABLES),
        "CREATE TABLE kept.counters AS SELECT 'public.' || quote_ident(sequencename) AS named, "
        "coalesce(last_value, start_value) AS at, last_value IS NOT NULL AS called FROM pg_sequences WHERE schemaname = 'public'",
    ]
)
SWEEP = f"VACUUM {', '.join(f'public.{table}' for table in TABLES)}"
"""What was deleted stays in the files until then, and slows every reading."""

SWEPT_EVERY = 25


class Renewed:
    """A prepared database that becomes as it was."""

    def __init__(self, url: URL) -> None:
        self._url, self._times = url, 0
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT")
        self._says(f'ALTER DATABASE "{url.database}" SET synchronous_commit = off')
        self._says(KEEP)

    def again(self) -> str:
        """Its URL, once it is as it was."""
        self._times += 1
        self._says(PUT_BACK)
        if self._times % SWEPT_EVERY == 0:
            self._says(SWEEP)
        return self._url.render_as_string(hide_password=False)

    def close(self) -> None:
        """Give the connection back."""
        self._engine.dispose()

    def _says(self, statements: str) -> None:
        with self._engine.connect() as connection:
            connection.execution_options(no_parameters=True).exec_driver_sql(statements)
