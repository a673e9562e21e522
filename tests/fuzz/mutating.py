"""How is a sound directory file spoilt, and which names are hostile? From a seed, so that a finding can be had again."""

from collections.abc import Iterator
from random import Random

HOSTILE = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "=HYPERLINK(\"http://x\")", "+1+cmd|' /C calc'!A0",
    "-2+3", "@SUM(1)", "'; DROP TABLE entry; --", "{{7*7}}", "${jndi:ldap://x}", "%s%n%d", "\0", "\r\n\r\n", "\ufeff",
    "\u202e\u2066", "\ud7ff\ue000", "\ufffe", "\x85\u2028", "a" * 600, "é" * 130, "😀", "|", "\\|", "\\", "/", "../..",
    "8481.0", "7790770713", "1E+09", "0001-01-01", "9999-12-31T23:59", "2026-02-30", "٣٤٥", "²", "inf", "nan", "-0",
    "9" * 400, "None", "null", "true", "__proto__", "w-3f9a2c", "devon-ir-north", "devon", "2301", "999",
)  # fmt: skip
SIGNS = (",", ";", "\t", '"', "\n", "\r", "|", "/", "'", "=", "\0", "\ufeff", " ")
MOST_CHANGES = 6


def names(seed: int, many: int) -> Iterator[str]:
    """Hostile names and notes: ready ones, pieces of them put together, and any characters at all."""
    chance = Random(seed)
    for _ in range(many):
        pieces = [chance.choice(HOSTILE) for _ in range(chance.randint(1, 3))]
        pieces.append("".join(chr(chance.randrange(0x3000)) for _ in range(chance.randint(0, 8))))
        yield "".join(chance.sample(pieces, len(pieces)))


def mutated(text: str, chance: Random) -> bytes:
    """A text spoilt in one to six places, and sometimes in its bytes."""
    for _ in range(chance.randint(1, MOST_CHANGES)):
        text = chance.choice((_inserted, _cut, _cell, _doubled, _moved))(text, chance)
    content = text.encode("utf-8", "surrogatepass")
    return content if chance.random() < 0.9 else _bytes(content, chance)


def _inserted(text: str, chance: Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice((*HOSTILE, *SIGNS)) + text[at:]


def _cut(text: str, chance: Random) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.randint(1, 30) :]


def _cell(text: str, chance: Random) -> str:
    cells = text.split(",")
    cells[chance.randrange(len(cells))] = chance.choice(HOSTILE)
    return ",".join(cells)


def _doubled(text: str, chance: Random) -> str:
    lines = text.split("\n")
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return "\n".join(lines)


def _moved(text: str, chance: Random) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def _bytes(content: bytes, chance: Random) -> bytes:
    spoilt = bytearray(content or b"\0")
    for _ in range(chance.randint(1, 8)):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)
