"""Which plans are so bad that they cannot be read? Small edits of what is bundled, each of its own kind."""

from dataclasses import dataclass
from pathlib import Path

PLANS = Path(__file__).parents[3] / "plans"
DEVON, SHEFFIELD, CAMBRIDGESHIRE, DERBY = (
    f"{name}.toml"
    for name in ("devon/devon", "sheffield/sheffield-cpet", "cambridgeshire/cambridgeshire-ifd", "derby/derby")
)
GOODBYE = '[nodes.bye]\ndo = "goodbye"\nsay = "If a child is in danger now, dial 9 9 9. Goodbye."\n\n'
NINE = "".join(f'    {{ key = "{key}", label = "choice {key}", go = "enquiry" }},\n' for key in range(1, 10))
PAUSE = "Please listen carefully to the whole of this announcement before you choose. "

Edit = tuple[str, str]


def edited(path: str, *edits: Edit) -> str:
    """A bundled plan with some of its text replaced."""
    text = (PLANS / path).read_text(encoding="utf-8")
    for before, after in edits:
        if before not in text:
            raise ValueError(f"{path} does not hold {before!r}")
        text = text.replace(before, after)
    return text


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A plan that reading refuses, with the place and a part of the sentence."""

    kind: str
    path: str
    edits: tuple[Edit, ...]
    told: str


UNREADABLE = (
    Unreadable("dangling exit", SHEFFIELD, (('go = "referral"', 'go = "nowhere"'),), "There is no node “nowhere”"),
    Unreadable("menu of nine", SHEFFIELD, (("options = [\n", f"options = [\n{NINE}"),), "A menu has at most 5 choices"),
    Unreadable("duplicate keys", SHEFFIELD, (('key = "2"', 'key = "1"'),), "Two choices have the same key"),
    Unreadable(
        "duplicate labels",
        SHEFFIELD,
        (('label = "a call back"', 'label = "An enquiry about a child"'),),
        "Two choices say the same",
    ),
    Unreadable("key of help", SHEFFIELD, (('key = "2"', 'key = "0"'),), "nodes.welcome.options.1.key"),
    Unreadable("unknown verb", SHEFFIELD, (('do = "message"', 'do = "shout"'),), "nodes.shut"),
    Unreadable("unknown field", SHEFFIELD, (('go = "safe"', 'go = "safe"\nloudly = true'),), "nodes.shut.loudly"),
    Unreadable(
        "hours overlapping",
        SHEFFIELD,
        (("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-13:00; Wed 12:00-17:00"),),
        "cannot be read",
    ),
    Unreadable("hours of no day", SHEFFIELD, (("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-25:00"),), "hours.office.week"),
    Unreadable(
        "unknown hours", SHEFFIELD, (('open_by = "office"', 'open_by = "evening"'),), "There are no hours “evening”"
    ),
    Unreadable(
        "unreachable node", SHEFFIELD, (("[nodes.safe]", f"{GOODBYE}[nodes.safe]"),), "nodes.bye: Nothing leads here"
    ),
    Unreadable(
        "safe node of another verb",
        SHEFFIELD,
        (('safe = "safe"', 'safe = "shut"'),),
        "must name a node that does “safe”",
    ),
    Unreadable("night without a team", SHEFFIELD, (('night = "none-printed"', 'night = "edt"'),), "night_team"),
    Unreadable("text of a book", SHEFFIELD, (("The enquiry team is closed now.", PAUSE * 16),), "nodes.shut.say"),
    Unreadable(
        "budget of an hour",
        SHEFFIELD,
        (("[hours.office]", "[budget]\nsafe_seconds = 3600\n\n[hours.office]"),),
        "budget.safe_seconds",
    ),
    Unreadable(
        "too deep menus",
        DEVON,
        tuple(
            (f'go = "{to}" }}', f'go = "{over}" }}')
            for to, over in (("ir-north", "south"), ("ir-south", "mid-east"), ("ir-mid-east", "exeter"))
        ),
        "A caller may need",
    ),
)
