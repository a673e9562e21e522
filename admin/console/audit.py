"""Who changed what, when and why? The trail, newest first, each entry with what was before and after."""

from collections.abc import Mapping
from typing import Any

from admin.audit import DeedSearch, every_deed
from admin.console.pages import asked, blueprint, page
from admin.console.told import told

LIST = 25


@blueprint.get("/audit")
def audit() -> str:
    """The trail."""
    query = DeedSearch(q=asked("q"), cursor=asked("cursor"), limit=LIST)
    found: Mapping[str, Any] = every_deed(query=query)
    rows = [{**row, "changes": told(row["before"], row["after"])} for row in found["items"]]
    return page("audit", rows=rows, q=query.q, next=found["next"])
