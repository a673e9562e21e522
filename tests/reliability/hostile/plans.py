"""Which texts are taken for a call plan? Each is read or refused in words, soon, and never runs anything."""

from random import Random

from ivr.plan import Plan
from ivr.reading import plan_from
from tests.conftest import HOME
from tests.fuzz.mutating import HOSTILE, mutated
from tests.ivr.proof.mutating import spoilt
from tests.reliability.hostile.coming import Came

SMALL = ("sheffield/sheffield-cpet", "cambridgeshire/cambridgeshire-ifd", "derbyshire/derbyshire-consultation")
BOMBS = (
    "[" * 3000, "a = " + "[" * 3000 + "]" * 3000, "a = " + "{a=" * 500, "a." * 2000 + "a = 1", 'a = "' + "x" * 900_000 + '"',
    "a = 0x" + "f" * 20_000, "a = " + "9" * 20_000, "a = 1e999999999", "[[a]]\n" * 5000, "\x00", "\ufeffline = 1", "a = 1\na = 2",
    "__class__ = 1", "line = '${PATH}'",
)  # fmt: skip


def tried(seed: int, many: int) -> Came:
    """Read so many spoilt plans."""
    dice, came = Random(seed), Came()  # dice
    texts = [(HOME / "plans" / f"{name}.toml").read_text(encoding="utf-8") for name in SMALL]
    for at in range(many):
        text = _spoilt(texts, dice, seed * 1_000_000 + at)
        came.of(lambda text=text: _read(text), lambda text=text: text[:300])  # type: ignore[misc]
    return came.weighed()


def _spoilt(texts: list[str], dice: Random, seed: int) -> str:
    chance = dice.random()
    if chance < 1 / 200:
        return dice.choice(BOMBS)
    if chance < 1 / 4:
        return spoilt(seed, SMALL[:2])
    if chance < 1 / 3:
        return dice.choice(texts).replace(dice.choice(("say", "name", "go", "line")), dice.choice(HOSTILE))
    return mutated(dice.choice(texts), dice).decode("utf-8", "replace")


def _read(text: str) -> str:
    plan = plan_from(text)
    if isinstance(plan, Plan):
        return "read"
    assert plan
    assert all(str(problem).strip() for problem in plan)
    return "refused"
