"""Which page stands where in the site's margin? The Markdown holds no Sphinx directive, so that it reads well on a git host, too."""

import re
from pathlib import Path, PurePosixPath

from sphinx.application import Sphinx

PARTS = {
    "Where to begin": (
        "for-callers-managers", "for-handlers", "for-admins", "for-operators", "for-integrators", "for-developers",
    ),
    "Calls": ("calls", "phone", "explaining", "routes", "plan-drawings", "assumptions"),
    "The desk": (
        "desk", "records", "call-backs", "tasks", "enquiries", "meetings", "wallboard",
    ),
    "Keeping it right": (
        "console", "directory", "editing", "versions", "checking", "number-tests", "findings", "accounts", "reports",
        "data-protection", "retention",
    ),
    "Running it": (
        "operations", "deployment", "capacity", "reliability", "doctor", "alarms", "runbook", "failover", "backup", "performance",
    ),
    "Reference": ("plans", "reasons", "settings", "metrics", "api", "commands"),
    "Working on it": ("development",),
}  # fmt: skip
REST, DECISIONS = "More", "Decisions"
OUTWARD = re.compile(r"\[([^\]]*)\]\(((?:\.\./)+[^)\s]+)\)")


def parts(found: set[str]) -> dict[str, list[str]]:
    """Every page that was found, by part: a page that nobody has placed stands under “More”, a decision under “Decisions”."""
    placed = {name for names in PARTS.values() for name in names} | {"index"}
    decisions = sorted(name for name in found if name.startswith("adr/"))
    rest = sorted(found - placed - {*decisions})
    every = {**PARTS, REST: rest, DECISIONS: decisions}
    return {part: [name for name in names if name in found] for part, names in every.items() if names}


def toctree(part: str, names: list[str]) -> str:
    """A part of the margin, as MyST has it."""
    return "\n".join(("", "```{toctree}", ":hidden:", ":titlesonly:", f":caption: {part}", "", *names, "```", ""))


def inward(text: str, page: Path, docs: Path) -> str:
    """A text without links to files that are no pages: what they are called stays, with their place in the repository."""

    def told(link: re.Match[str]) -> str:
        there = (page.parent / link[2]).resolve()
        return link[0] if there.is_relative_to(docs) else f"{link[1]} (`{PurePosixPath(link[2].replace('../', ''))}`)"

    return OUTWARD.sub(told, text)


def source_read(app: Sphinx, name: str, source: list[str]) -> None:
    """A page as it is built."""
    source[0] = inward(source[0], Path(app.env.doc2path(name)), Path(app.srcdir))
    if name == "index":
        source[0] += "".join(toctree(part, names) for part, names in parts(app.env.found_docs).items())


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx's door to this module."""
    app.connect("source-read", source_read)
    return {"parallel_read_safe": True}
