"""Which files of the state folder are a deployment's own, and which are made again? Those of its own go into a backup, and aside
before a restore."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

ASIDE = "replaced-"
JOURNAL = "journal"
MADE_AGAIN = frozenset(("published", "failover", "measured"))
OVERRIDES = Path("published") / "overrides.json"
MARK_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Place:
    """Where a deployment keeps what is its own. ``secret`` as it is given, or empty; ``plans``: a folder of its own, if it has one."""

    state: Path
    database_url: str
    secret: str = ""
    plans: Path | None = None

    @property
    def journals(self) -> Path:
        """The folder of the journals."""
        return self.state / JOURNAL

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, where it is one."""
        url = make_url(self.database_url)
        return Path(url.database).absolute() if url.get_backend_name() == "sqlite" and url.database else None

    @property
    def secret_mark(self) -> str:
        """By which the same secret is known again, and which tells nothing of it; empty where there is none."""
        path = self.state / "secret"
        known = self.secret or (path.read_text(encoding="utf-8").strip() if path.exists() else "")
        return mark_of_secret(known) if known else ""


def mark_of_secret(secret: str) -> str:
    """The mark of a secret."""
    return hmac.new(secret.encode(), b"dutyline backup", "sha256").hexdigest()[:MARK_LETTERS]


def own_files(place: Place) -> Iterator[Path]:
    """Each file to be kept, by its path in the state folder."""
    for path in sorted(place.state.glob("*")):
        if not _is_left(place, path) and path.name not in MADE_AGAIN:
            yield from (one.relative_to(place.state) for one in _below(path))
    if (place.state / OVERRIDES).exists():
        yield OVERRIDES


def to_move(place: Place) -> tuple[Path, ...]:
    """What stands in the way of a restore: everything but the journals, which it reads, and what was moved before."""
    return tuple(path for path in sorted(place.state.glob("*")) if not _is_left(place, path))


def _is_left(place: Place, path: Path) -> bool:
    if path.name == JOURNAL or path.name.startswith((".", ASIDE)) or path.suffix == ".lock":
        return True
    base = place.database_file
    return base is not None and path.absolute().name.startswith(base.name) and path.absolute().parent == base.parent


def _below(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from sorted(one for one in path.rglob("*") if one.is_file())
