"""How are the golden calls rewritten? ``python -m tests.calls.bless``, then read the difference as a duty manager would."""

from hashlib import sha256
from pathlib import Path

from store.bundle import bundle, world_of
from tests.calls.golden import HERE, retold, stories


def bless() -> list[Path]:
    """Play every golden call again and write what is said today; the files that changed."""
    home = HERE.parent.parent
    folders = (home / "plans", home / "samples")
    world = world_of(bundle(folders), folders, lambda text: sha256(text.encode()).hexdigest())
    changed: list[Path] = []
    for path in stories():
        before = path.read_text(encoding="utf-8")
        after = retold(world, before)
        if after != before:
            path.write_text(after, encoding="utf-8")
            changed.append(path)
    return changed


if __name__ == "__main__":
    for path in bless():
        print(f"rewritten: {path.name}")  # noqa: T201  # a command prints
