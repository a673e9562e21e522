"""A worker on which a handler types for ever, and that says of each save that it was answered: to be killed.

Its arguments are the database's URL, the state folder, the deployment's secret, the handler's key and the call.
"""

import sys
from pathlib import Path

from admin.ports import Limits
from app import Config, build
from tests.admin.desk_client import CLOCK, Holder
from tests.conftest import HOME, TOKEN

BASE = "http://127.0.0.1:8000"

if __name__ == "__main__":
    url, state, secret, key, sid = sys.argv[1:]
    plenty = Limits(1_000_000, 1_000_000)
    account = "AC" + "0" * 32
    config = Config(url, Path(state), HOME / "plans", BASE, account, (TOKEN,), secret, local=True, limits=plenty)
    by = Holder(build(config, CLOCK).flask.test_client(), key)
    for count in range(1_000_000):
        fields = {"concern": f"typed {count}", "events": f"typed {count}"}
        reply = by.sends("PUT", f"/calls/{sid}/contact", {"fields": fields})
        sys.stdout.write(f"{count if reply.status_code == 200 else reply.get_json()}\n")
        sys.stdout.flush()
