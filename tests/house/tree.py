"""Which files does the project consist of, and what do they import and define?"""

import ast
import os
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

HOME = Path(__file__).parents[2]
PACKAGES = (
    "admin",
    "cli",
    "desk",
    "carrier",
    "directory",
    "ivr",
    "rehearsal",
    "routing",
    "store",
    "telephone",
    "watch",
    "webhooks",
)
CORE = ("directory", "routing", "ivr")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def files() -> tuple[Path, ...]:
    """Every file that is the project's own: what ``.gitignore`` names is not."""
    ignored = [line.strip("/ ") for line in (HOME / ".gitignore").read_text(encoding="utf-8").splitlines() if line]
    return tuple(sorted(_below(HOME, [*ignored, ".git"])))


def _below(folder: Path, ignored: list[str]) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if any(fnmatch(entry.name, pattern) for pattern in ignored):
            continue
        yield from _below(Path(entry.path), ignored) if entry.is_dir() else [Path(entry.path)]


def modules(*roots: str) -> tuple[Path, ...]:
    """The Python files of these packages, or of the whole project."""
    return tuple(path for path in files() if path.suffix == ".py" and (not roots or _root(path) in roots))


def shipped() -> tuple[Path, ...]:
    """The Python files without the tests."""
    return modules(*PACKAGES, "app.py")


def _root(path: Path) -> str:
    return path.relative_to(HOME).parts[0]


def place(path: Path) -> str:
    """How a failing test names a file."""
    return path.relative_to(HOME).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> frozenset[str]:
    """Every module that a file imports, and every name that it imports from one, dotted."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def roots(path: Path) -> frozenset[str]:
    """The packages that a file imports."""
    return frozenset(name.partition(".")[0] for name in imports(path))


def dotted(node: ast.expr) -> str:
    """``datetime.now`` of such an expression; an empty text for what is not a chain of names."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""
