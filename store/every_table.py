"""Every table of the database, gathered for those who look at all of them: migrations and their test."""

from store import (
    tables_alarms,
    tables_callbacks,
    tables_contacts,
    tables_desk,
    tables_drafts,
    tables_enquiries,
    tables_findings,
    tables_meetings,
    tables_number_tests,
    tables_papers,
    tables_report_mails,
    tables_reports,
    tables_tasks,
)
from store.tables import Utc, metadata

__all__ = [
    "Utc", "metadata", "tables_alarms", "tables_callbacks", "tables_contacts", "tables_desk", "tables_drafts", "tables_enquiries",
    "tables_findings", "tables_meetings", "tables_number_tests", "tables_papers", "tables_report_mails", "tables_reports", "tables_tasks",
]  # fmt: skip
