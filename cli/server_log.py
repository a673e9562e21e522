"""Where does gunicorn write its log? Where ours goes, and in its form."""

from typing import Any

from gunicorn.glogging import Logger


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's log, whose lines are handed to ours. It writes none of requests: it is not asked to (docs/operations.md)."""

    def setup(self, cfg: Any) -> None:
        """Take away its own ways out."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True
