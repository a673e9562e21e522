"""A process that migrates and loads: its arguments are a database's URL and a state folder."""

import sys
from pathlib import Path

from store.database import Database
from store.migrate import migrate

if __name__ == "__main__":
    database = Database(sys.argv[1])
    migrate(database, Path(sys.argv[2]))
    database.close()
