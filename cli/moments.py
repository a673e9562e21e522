"""How is a moment given on the command line?"""

from datetime import datetime

import click

from routing.wording import moment_from


class When(click.ParamType[datetime]):
    """A moment: ISO 8601 or words, in England's time."""

    name = "when"

    def __init__(self, now: datetime) -> None:
        self._now = now

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment, or a sentence that says how to write one."""
        found = value if isinstance(value, datetime) else moment_from(str(value), self._now)
        if found is None:
            self.fail(f'“{value}” is not a moment; write 2026-11-27T16:05 or "Fri 16:05".', param, ctx)
        return found
