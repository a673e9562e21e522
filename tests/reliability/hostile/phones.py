"""Which strings are taken for a number? Only those that may be written, and nothing raises."""

import re
from random import Random

from directory.numbers import ExtensionRule, Number, number_from
from directory.policy import denial
from tests.fuzz.mutating import HOSTILE
from tests.reliability.hostile.coming import Came

RULE = ExtensionRule(4, "0139238")
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
DIALLED = re.compile(r"\+44(?:1|2|3|7|800|808|500)[0-9]+")
SOUND = ("01392 388481", "+44 (0)20 7946 0123", "0345 155 1071", "07700 900123", "8481", "0800 1111", "+1 202 555 0100")
SIGNS = "0123456789 +-().#*x,;w/\u00a0\u0660\u0669\uff10\u00b2\t\n\0"


def tried(seed: int, many: int) -> Came:
    """Read so many strings as numbers."""
    dice, came = Random(seed), Came()  # dice
    for _ in range(many):
        text = spelt(dice)
        rule = RULE if dice.random() < 1 / 2 else None
        came.of(lambda text=text, rule=rule: _read(text, rule), lambda text=text: text)  # type: ignore[misc]
    return came.weighed()


def spelt(dice: Random) -> str:
    """A number's spelling, spoilt; or any signs at all."""
    if dice.random() < 1 / 3:
        return "".join(dice.choices(SIGNS, k=dice.randint(0, 24)))
    text = list(dice.choice((*SOUND, *HOSTILE[:12])))
    for _ in range(dice.randint(0, 4)):
        at = dice.randint(0, len(text))
        text[at : at + dice.randint(0, 2)] = dice.choice(SIGNS)
    return "".join(text)


def _read(text: str, rule: ExtensionRule | None) -> str:
    number = number_from(text, rule)
    if not isinstance(number, Number):
        return number.value
    assert E164.fullmatch(number.e164), number
    refused = denial(number)
    assert refused or DIALLED.fullmatch(number.e164), number
    return refused.value if refused else "a number"
