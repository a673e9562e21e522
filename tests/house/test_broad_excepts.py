"""Where is every fault caught? Where a caller must still reach a person, and where upkeep must go on (ADR 0009)."""

import ast
from collections import Counter

from tests.house.tree import dotted, place, shipped, tree

BROAD = frozenset(("Exception", "BaseException", "builtins.Exception", "builtins.BaseException"))

ALLOWED = Counter({
    "webhooks/voice.py": 1,  # a caller never hears an error: whatever went wrong, the last resort still dials
    "store/upkeep.py": 1,  # a thread that nobody waits for: what ends it would be missed by nobody (ADR 0009)
    "desk/loop.py": 1,  # the same, for what the desk asks of the carrier (ADR 0009)
    "telephone/transport.py": 1,  # what an application raises, a server would answer with 500; no part of the service
})  # fmt: skip


def names(node: ast.expr | None) -> list[str]:
    """What an ``except`` names; nothing at all is everything."""
    if node is None:
        return ["BaseException"]
    return [dotted(one) for one in (node.elts if isinstance(node, ast.Tuple) else [node])]


def test_every_broad_except_is_one_that_was_decided() -> None:
    broad = Counter(
        place(path)
        for path in shipped()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and BROAD & set(names(node.type))
    )
    assert broad == ALLOWED


def test_no_fault_is_suppressed_unnamed() -> None:
    suppressing = [
        f"{place(path)}:{node.lineno}"
        for path in shipped()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and dotted(node.func).endswith("suppress") and BROAD & set(map(dotted, node.args))
    ]
    assert suppressing == []
