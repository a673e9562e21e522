"""What does a plan look like that somebody has spoilt? A bundled one with one to three parts changed by the dice; each is its seed."""

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

PLANS = Path(__file__).parents[3] / "plans"
SMALL = ("sheffield/sheffield-cpet", "cambridgeshire/cambridgeshire-ifd")
MIDDLE = ("derbyshire/derbyshire-consultation", "derby/derby-consultation")
LARGE = ("devon/devon", "derby/derby", "derbyshire/call-derbyshire")
WAYS = ("go", "open", "closed", "otherwise", "call_back", "by_name")
WEEKS = (  # one cannot be
    "Mon-Fri 10:00-12:00",
    "Mon 09:00-17:00",
    "Mon-Fri 09:00-17:00; Sat 10:00-12:00",
    "always",
    "Mon-Sun 00:00-24:00",
    "Fri 09:00-08:00",
)
TEXTS = (
    "",
    " ",
    "...",
    "One moment.",
    "In danger dial 9 9 9.",
    "Goodbye.",
    "Hold the line.",
    "Hello & <goodbye>",
    "£ — é 12 34",
)

Tables = dict[str, Any]


def spoilt(seed: int, folders: tuple[str, ...] | None = None) -> str:
    """The TOML of a mutant."""
    dice = Random(seed)  # dice
    kinds = folders or dice.choices((SMALL, MIDDLE, LARGE), (90, 7, 3))[0]
    path = PLANS / f"{dice.choice(kinds)}.toml"
    plan = tomllib.loads(path.read_text(encoding="utf-8"))
    for _ in range(dice.choice((1, 1, 2, 3))):
        dice.choice(SPOILINGS)(plan, dice)
    return toml(plan)


def _node(plan: Tables, dice: Random) -> Tables:
    return plan["nodes"][dice.choice(sorted(plan["nodes"]))]  # type: ignore[no-any-return]  # tables of a file


def _any(plan: Tables, dice: Random) -> str:
    return str(dice.choice(sorted(plan["nodes"])))


def _options(plan: Tables) -> list[Tables]:
    return [option for node in plan["nodes"].values() for option in node.get("options", ())]


def retargets(plan: Tables, dice: Random) -> None:
    """An exit leads elsewhere."""
    exits = [(node, way) for node in plan["nodes"].values() for way in WAYS if node.get(way)]
    exits += [(option, "go") for option in _options(plan)]
    where, way = dice.choice(exits)
    where[way] = _any(plan, dice)


def begins_elsewhere(plan: Tables, dice: Random) -> None:
    """Start, default destination or safe message are another node."""
    plan[dice.choice(("start", "otherwise", "otherwise", "safe"))] = _any(plan, dice)


def rekeys(plan: Tables, dice: Random) -> None:
    """An option has another key."""
    dice.choice(_options(plan) or [{}])["key"] = dice.choice("123456789")


def drops_an_option(plan: Tables, dice: Random) -> None:
    """A menu offers less."""
    menus = [node for node in plan["nodes"].values() if len(node.get("options", ())) > 1]
    if menus:
        options = dice.choice(menus)["options"]
        options.pop(dice.randrange(len(options)))


def drops_a_node(plan: Tables, dice: Random) -> None:
    """A node is gone, and what led there leads elsewhere."""
    gone = _any(plan, dice)
    del plan["nodes"][gone]
    instead = _any(plan, dice)
    for where in (plan, *plan["nodes"].values(), *_options(plan)):
        for way in (*WAYS, "start", "safe"):
            if where.get(way) == gone:
                where[way] = instead


def swaps_the_verb(plan: Tables, dice: Random) -> None:
    """A node does something else."""
    slug, to, say = _any(plan, dice), _any(plan, dice), dice.choice(TEXTS) or "Hello."
    plan["nodes"][slug] = dice.choice(
        (
            {"do": "goodbye", "say": f"{say} 9 9 9"},
            {"do": "goodbye", "say": say},
            {"do": "message", "say": say, "go": to},
            {"do": "safe", "say": say, "call_back": dice.choice(("", to))},
            {"do": "call-back", "say": say, "about": "a mutant", "within_hours": 24},
            {"do": "switch", "hours": sorted(plan["hours"])[0], "open": to, "closed": _any(plan, dice)},
            {"do": "extension", "say": say, "digits": 4, "otherwise": to},
            {"do": "dial-by-name", "say": say, "otherwise": to},
            {"do": "staff-only", "say": say, "go": to, "otherwise": _any(plan, dice)},
            {"do": "deadline", "say": say + " {due}", "reply": "same-day", "cut_off": "16:00", "go": to},
            {"do": "queue", "priority": "risk", "otherwise": to, "call_back": _any(plan, dice), "longest_seconds": 60},
            {"do": "hand-over", "say": say, "line": dice.choice(("sheffield-cpet", "cambridgeshire-ifd", "nowhere"))},
            {"do": "menu", "say": say, "options": [{"key": "1", "label": "more", "go": to}]},
        )
    )


def changes_hours(plan: Tables, dice: Random) -> None:
    """A weekly rule is another."""
    plan["hours"][dice.choice(sorted(plan["hours"]))]["week"] = dice.choice(WEEKS)


def changes_a_text(plan: Tables, dice: Random) -> None:
    """A text is empty, short, or strange."""
    where, field = dice.choice(_texts(plan))
    where[field] = dice.choice(TEXTS)


def blows_a_text_up(plan: Tables, dice: Random) -> None:
    """A text is said several times over."""
    where, field = dice.choice(_texts(plan))
    where[field] = " ".join([where[field] or "word"] * dice.choice((2, 5, 20, 80)))


def _texts(plan: Tables) -> list[tuple[Tables, str]]:
    fields = ("say", "label", "named", "without_number", "comfort", "opening", "emergency", "name")
    every = (plan, *plan["nodes"].values(), *_options(plan))
    return [(where, field) for where in every for field in fields if isinstance(where.get(field), str)]


def swaps_teams(plan: Tables, dice: Random) -> None:
    """Another team rings."""
    others = (
        "sheffield-cpet",
        "sheffield-area-team",
        "cambridgeshire-mash",
        "devon-edt",
        "derby-consultation",
        "nobody",
    )
    ringing = [node for node in plan["nodes"].values() if "team" in node]
    if ringing:
        dice.choice(ringing)["team"] = dice.choice(others)


def changes_the_night(plan: Tables, dice: Random) -> None:
    """The night is declared otherwise."""
    plan["night"] = dice.choice(("edt", "none-printed", "same-number"))
    plan["night_team"] = dice.choice(("", "devon-edt", "sheffield-area-team", "derby-consultation"))


def changes_the_last_resort(plan: Tables, dice: Random) -> None:
    """The ladder ends elsewhere."""
    plan["last_resort"] = dice.choice(([], ["devon-mash", "devon-edt"], ["derby-consultation"], ["nobody"]))


def allows_otherwise(plan: Tables, dice: Random) -> None:
    """The plan allows more, or less."""
    field = dice.choice(("first_ring_seconds", "safe_seconds", "prompt_words", "steps"))
    plan.setdefault("budget", {})[field] = dice.choice((5, 20, 60, 200, 300, 900))


SPOILINGS: tuple[Callable[[Tables, Random], None], ...] = (
    retargets, retargets, retargets, begins_elsewhere, rekeys, drops_an_option, drops_a_node, swaps_the_verb, swaps_the_verb,
    changes_hours, changes_a_text, changes_a_text, blows_a_text_up, swaps_teams, changes_the_night, changes_the_last_resort,
    allows_otherwise,
)  # fmt: skip


def toml(tables: Mapping[str, Any], prefix: str = "") -> str:
    """Tables as TOML: what is plain first, then what has a heading."""
    plain = {name: value for name, value in tables.items() if not isinstance(value, dict)}
    lines = [f"{name} = {_value(value)}" for name, value in plain.items()]
    for name, value in tables.items():
        if isinstance(value, dict):
            lines += [f"[{prefix}{name}]", toml(value, f"{prefix}{name}.")]
    return "\n".join(lines)


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {_value(one)}" for name, one in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)
