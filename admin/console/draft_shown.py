"""What does every page of a draft show around its own part: the line, the draft, its choices of steps, teams and hours?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from admin.console.draft_at import earlier, mine
from admin.console.pages import allowed
from admin.console.plan_words import step_words
from admin.console.step_fields import Refers, verb_words
from admin.plan_text import Tables, nodes_of, table_at
from admin.ports import newest_world
from ivr.moment import World
from routing.reasons import clock_time
from store.drafts import Draft

Items = list[dict[str, str]]
"""The options of a select."""

STATES = {
    "open": "Draft",
    "scheduled": "To be published",
    "published": "Published",
    "dropped": "Discarded",
    "refused": "Refused",
}
COLOURS = {"open": "blue", "scheduled": "purple", "published": "green", "dropped": "grey", "refused": "red"}
EDITING = ("/admin/plans/<line>/drafts/<key>/nodes/<node>", "POST")
PUBLISHING = ("/admin/plans/<line>/drafts/<key>/publish", "POST")


@dataclass(frozen=True, slots=True)
class Step:
    """A step as the draft's page lists it: its name, its verb in words, and what it does in one line."""

    slug: str
    verb: str
    words: str


def around(draft: Draft) -> dict[str, Any]:
    """The draft's name and state, and what whoever asks may do with it."""
    own = mine(draft.authority) and draft.stands
    plan = newest_world().plans.of_line(draft.line)
    return {
        "draft": draft,
        "line": draft.line,
        "line_name": plan.name if plan else draft.line,
        "state": STATES[draft.state],
        "colour": COLOURS[draft.state],
        "edits": own and allowed(*EDITING),
        "publishes": own and allowed(*PUBLISHING),
        "seen": f"v{draft.version}",
        "undoable": bool(earlier(draft)),
        "when": clock_time(draft.publish_at) if draft.publish_at else "",
    }


def steps_of(found: Tables, authority: str) -> list[Step]:
    """Every step, in the order of the text."""
    teams = team_names(newest_world(), authority)
    return [
        Step(slug, verb_words(str(node.get("do", ""))), step_words(node, teams))
        for slug, node in nodes_of(found).items()
    ]


def team_names(world: World, authority: str) -> dict[str, str]:
    """The teams of an authority, by slug."""
    found = (team for team in world.directory.teams.values() if team.authority == authority)
    return {team.slug: team.name for team in sorted(found, key=lambda team: team.name)}


def choices(found: Tables, authority: str) -> Mapping[str, Mapping[str, str]]:
    """What each kind of reference may name."""
    world = newest_world()
    nodes = {slug: f"{slug} ({verb_words(str(node.get('do', ''))).lower()})" for slug, node in nodes_of(found).items()}
    plans = (world.plans.of_line(line) for line in sorted(world.plans.current))
    return {
        Refers.STEP: nodes,
        Refers.TEAM: team_names(world, authority),
        Refers.HOURS: {name: name for name in table_at(found, ("hours",))},
        Refers.LINE: {plan.line: plan.name for plan in plans if plan},
    }


def items(known: Mapping[str, str], value: str, empty: str) -> Items:
    """The options of a select; a name that is not there any more stays to be seen."""
    gone = [{"value": value, "text": f"{value} (there is none)"}] if value and value not in known else []
    return [{"value": "", "text": empty}, *gone, *({"value": slug, "text": text} for slug, text in known.items())]
