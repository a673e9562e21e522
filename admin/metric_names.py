"""Which metrics are there, and what does each mean? The page of metrics tells these and no others, and docs/metrics.md is held to them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What Prometheus may do with a metric."""

    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: its name, its kind, the names of its labels, and one sentence. The unit is the end of its name."""

    name: str
    kind: Kind
    labels: tuple[str, ...]
    meaning: str


def _gauge(name: str, meaning: str, *labels: str) -> Metric:
    return Metric(f"dutyline_{name}", Kind.GAUGE, labels, meaning)


BUILD = _gauge("build_info", "Always 1; the version stands in the label.", "version")
CALLS = _gauge(
    "calls", "Calls that began in the last hour (1h) or day (24h), by how they stand now.", "line", "outcome", "window"
)
TO_RINGING = _gauge(
    "time_to_ringing_seconds",
    "From the beginning of a call until a phone rang; calls of the last hour.",
    "line",
    "quantile",
)
TO_PERSON = _gauge(
    "time_to_person_seconds",
    "From the beginning of a call until a person was there; calls of the last hour.",
    "line",
    "quantile",
)
PHONES = _gauge(
    "ladder_depth", "How many phones rang for a call; calls of the last hour for which any did.", "line", "quantile"
)
WAITING = _gauge("queue_waiting", "Callers who wait in a queue of the desk.", "line")
LONGEST = _gauge("queue_longest_wait_seconds", "How long the longest of them has waited.", "line")
OPEN = _gauge("callbacks_open", "Call-backs that are still to be made.", "line")
LATE = _gauge("callbacks_late", "Those of them whose target is past.", "line")
WEBHOOK = Metric(
    "dutyline_webhook_seconds", Kind.HISTOGRAM, ("how",), "How long webhooks took to be answered, by all workers of this machine."
)  # fmt: skip
ALARMS = _gauge(
    "alarms", "Alarms that last, by code, and whether somebody has acknowledged them.", "code", "acknowledged"
)
ANSWERS = _gauge("database_answers", "1 while the database answers, else 0.")
TAKES = _gauge("database_takes_writes", "1 while the database takes the events that wait in the journals, else 0.")
JOURNAL = _gauge("journal_waiting_bytes", "Bytes of events in this machine's journals that are in no database yet.")
OLDEST = _gauge("journal_oldest_seconds", "How long ago the oldest of those events happened; 0 where there is none.")
SNAPSHOT = _gauge(
    "snapshot_age_seconds", "How long ago what callers are answered from was last known to be the newest."
)
VERSION = _gauge("publication_version", "The version of the directory that callers are answered from.")
FAILOVER = _gauge("failover_age_seconds", "How long ago the fail-over folder was written; none where it never was.")
AGE = _gauge(
    "reading_age_seconds", "How old what this page tells is, of the database and of this machine's state folder.", "of"
)

METRICS = (
    BUILD, CALLS, TO_RINGING, TO_PERSON, PHONES, WAITING, LONGEST, OPEN, LATE, WEBHOOK, ALARMS, ANSWERS, TAKES, JOURNAL, OLDEST,
    SNAPSHOT, VERSION, FAILOVER, AGE,
)  # fmt: skip
