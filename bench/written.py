"""Where does what was measured stand? Between two marks of a page, which is otherwise written by hand."""

from pathlib import Path


def into(page: Path, name: str, told: str) -> None:
    """Replace what stands between ``<!-- name -->`` and ``<!-- /name -->``."""
    begins, ends = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
    before, _, rest = page.read_text(encoding="utf-8").partition(begins)
    after = rest.partition(ends)[2]
    page.write_text(f"{before}{begins}\n{told}\n\n{ends}{after}", encoding="utf-8")
