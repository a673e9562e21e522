"""Which pages does the console consist of?"""

from flask import Flask

from admin.console import (
    accepting,
    alarms,
    approvals,
    audit,
    away,
    calls,
    closures,
    done,
    draft_edit,
    draft_publish,
    draft_steps,
    drafts,
    duty_numbers,
    findings,
    front,
    gaps,
    imports,
    keys,
    named_roles,
    number_tests,
    pages,
    paper_pack,
    people,
    picking,
    plan_history,
    plans,
    report_mails,
    reports,
    rota,
    routes,
    team,
    team_edit,
    undo,
    users,
)

PAGES = (
    accepting, alarms, drafts, draft_edit, draft_steps, draft_publish, plan_history,
    front, plans, team, team_edit, duty_numbers, people, away, calls, named_roles, closures, findings, gaps, number_tests, paper_pack,
    picking, reports, report_mails, rota, routes, imports,
    approvals, keys, users, audit, undo, done,
)  # fmt: skip


def register(flask: Flask) -> None:
    """Put every page into the site."""
    pages.register(flask)
