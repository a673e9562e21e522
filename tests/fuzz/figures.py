"""How many at full size, and what came of them? In parts, so that processes share the work and each part tells its figures."""

import logging
from collections.abc import Mapping

from sqlalchemy.engine import make_url

from app import Config

MANY = {"sqlite": 10_000, "postgresql": 1_000}
"""In each part."""

PARTS = range(10)


def kind_of(config: Config) -> str:
    """The kind of database."""
    return make_url(config.database_url).get_backend_name()


def tell(what: str, where: str, came: Mapping[str, int]) -> None:
    """The figures, on a line of their own (``make fuzz`` shows it)."""
    logging.getLogger("fuzz").warning(
        "%s on %s: %s", what, where, ", ".join(f"{k} {v}" for k, v in sorted(came.items()))
    )
