"""What would keep callers from reaching us, or us from noticing? Each alarm in one plain sentence (docs/alarms.md).

The sentences stand on pages that anybody may see: no number, no name of a person, no sum of money. What only those may read who see
to it is the ``detail``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Alarming(StrEnum):
    """What can be amiss."""

    DATABASE_AWAY = "database-away"
    FAILOVER_BEHIND = "failover-behind"
    JOURNAL_OVERDUE = "journal-overdue"
    JOURNAL_UNSYNCED = "journal-unsynced"
    JOURNAL_LOST = "journal-lost"
    DRAIN_BEHIND = "drain-behind"
    PUBLICATION_BEHIND = "publication-behind"
    WEBHOOKS_REFUSED = "webhooks-refused"
    POISON = "poison"
    OVERRIDE = "override"
    ROUNDS_LATE = "rounds-late"
    LINE_SILENT = "line-silent"
    TEST_CALL_FAILED = "test-call-failed"
    ARRIVAL_MISSING = "arrival-missing"
    BALANCE_LOW = "balance-low"
    ACCOUNT_SUSPENDED = "account-suspended"
    ACCOUNT_UNANSWERED = "account-unanswered"
    REPORT_NOT_SENT = "report-not-sent"


WORDS: Mapping[Alarming, str] = {
    Alarming.DATABASE_AWAY: "The database does not answer: calls are answered from memory, and changes must wait.",
    Alarming.FAILOVER_BEHIND: "The fail-over folder could not be written: another host may serve numbers that have changed.",
    Alarming.JOURNAL_OVERDUE: "{count} events wait for the journal's disk: it is slow or full.",
    Alarming.JOURNAL_UNSYNCED: "In the last hour events were acknowledged that the journal's disk did not take in time.",
    Alarming.JOURNAL_LOST: "{count} events are lost: the journal's disk was slow or full for too long.",
    Alarming.DRAIN_BEHIND: "The database takes no events: it is locked, full or slow. They wait in the journal, and changes must wait.",
    Alarming.PUBLICATION_BEHIND: "What was changed is not taken up: callers may be put through to numbers that were corrected.",
    Alarming.WEBHOOKS_REFUSED: "Webhooks that look like Twilio's are refused by their signature: their calls are not answered. "
    "Run dutyline doctor.",
    Alarming.POISON: "Records that could not be read or written lie in the journal's poison folder ({count}): look at them.",
    Alarming.OVERRIDE: "A number stands in for the line {subject}: every caller hears it ring first.",
    Alarming.ROUNDS_LATE: "What looks for alarms is late itself: {names}.",
    Alarming.LINE_SILENT: "Nobody has rung the line {subject} for longer than its history explains.",
    Alarming.TEST_CALL_FAILED: "A test call to the line {subject} was not answered as a caller must be.",
    Alarming.ARRIVAL_MISSING: "A real test call to the line {subject} did not arrive.",
    Alarming.BALANCE_LOW: "The telephone account's balance is below the least that was set.",
    Alarming.ACCOUNT_SUSPENDED: "The telephone account is not active: no call comes in or goes out.",
    Alarming.ACCOUNT_UNANSWERED: "The telephone company did not tell how the account stands.",
    Alarming.REPORT_NOT_SENT: "A report that was due by e-mail has not reached everybody who should have it.",
}
OF_A_MACHINE = frozenset(
    (
        Alarming.DATABASE_AWAY, Alarming.FAILOVER_BEHIND, Alarming.JOURNAL_OVERDUE, Alarming.JOURNAL_UNSYNCED,
        Alarming.JOURNAL_LOST, Alarming.DRAIN_BEHIND, Alarming.PUBLICATION_BEHIND, Alarming.WEBHOOKS_REFUSED, Alarming.POISON,
    )
)  # fmt: skip
"""Seen by each machine for itself; the subject is its name. The others concern a line, or the whole deployment."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that is amiss now: with which line or machine (``subject``, empty: all), in words, and what is behind it."""

    code: Alarming
    subject: str
    words: str
    detail: str = ""

    @property
    def key(self) -> str:
        """By which it is known while it lasts."""
        return f"{self.code}:{self.subject}"


def alarm(code: Alarming, subject: str = "", detail: str = "", **values: object) -> Alarm:
    """An alarm in its words."""
    return Alarm(code, subject, WORDS[code].format(subject=subject, **values), detail)
