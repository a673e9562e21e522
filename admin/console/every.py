"""Which pages does the console consist of?"""

from flask import Flask

from admin.console import (
    approvals,
    audit,
    away,
    closures,
    done,
    duty_numbers,
    findings,
    front,
    gaps,
    imports,
    keys,
    named_roles,
    pages,
    people,
    picking,
    rota,
    team,
    team_edit,
    undo,
    users,
)

PAGES = (
    front, team, team_edit, duty_numbers, people, away, named_roles, closures, findings, gaps, picking, rota, imports, approvals, keys,
    users, audit, undo, done,
)  # fmt: skip


def register(flask: Flask) -> None:
    """Put every page into the site."""
    pages.register(flask)
