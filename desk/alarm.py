"""When is the alert of a task heard? When a fourth of its time is left, and again every half hour until somebody has it.

Pure. Nothing has to tick for it: whoever asks works out the last sounding from the first, so none can be lost or doubled.
"""

from datetime import datetime, timedelta

from store.tasks import Task

EVERY = timedelta(minutes=30)
"""How long an alert rests before it is heard again (assumed: B:68 only asks that it is not missed)."""


def heard_at(first: datetime, now: datetime) -> datetime:
    """The last time until now at which an alert was announced that began at ``first``."""
    return first + (now - first) // EVERY * EVERY


def heard_again(task: Task, now: datetime, owner: str) -> datetime | None:
    """When an alert is heard next that is acknowledged now: in half an hour where nobody has the task; where somebody has it,
    at its target, and after that no more."""
    if not owner:
        return now + EVERY
    return task.target_at if task.target_at and task.target_at > now else None
