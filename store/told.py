"""Of which of its own troubles has this machine told? A file in the state folder, since the database may be what is away."""

import fcntl
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path


class Told:
    """By alarm, when it was last told of; claimed by one worker of the machine."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def claims(self, key: str, again: datetime, now: datetime) -> bool:
        """Whether this worker tells of it now: nobody has, or not since ``again``. A folder that cannot be written keeps quiet
        nobody: then each worker tells."""
        try:
            return self._claimed(key, again, now)
        except OSError:
            return True

    def _claimed(self, key: str, again: datetime, now: datetime) -> bool:
        with os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            known = _moments(file.read())
            if key in known and known[key] > again:
                return False
            kept = {one: at for one, at in known.items() if at > again} | {key: now}
            file.seek(0)
            file.truncate()
            file.write(json.dumps({one: at.isoformat() for one, at in kept.items()}))
            return True


def _moments(text: str) -> Mapping[str, datetime]:
    """What the file holds; one that was torn holds nothing."""
    with suppress(ValueError, AttributeError, TypeError):
        return {key: datetime.fromisoformat(at) for key, at in json.loads(text).items()}
    return {}
