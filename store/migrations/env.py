"""How does Alembic run here? On the connection that ``store.migrate`` hands it."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from store.every_table import Utc, metadata


def plain(kind: str, value: Any, _: AutogenContext) -> str | Literal[False]:
    """Revisions name only SQLAlchemy's own types, so that they import nothing of ours."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(value, Utc) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=plain,
)
with context.begin_transaction():
    context.run_migrations()
