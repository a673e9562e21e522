"""What does the theme leave out for people who use a keyboard or a screen reader? It is put into the pages as they are finished."""

import re
from pathlib import Path

from sphinx.application import Sphinx

PUT_IN = {
    # an element, by how it begins: a place gets its name, a heading its level, what scrolls sideways the focus of the keyboard
    '<aside class="sidebar-drawer"': ' aria-label="All pages"',
    '<aside class="toc-drawer': ' aria-label="On this page"',
    '<p class="caption" role="heading"': ' aria-level="2"',
    '<div class="table-wrapper': ' tabindex="0" role="group" aria-label="Table"',
    "<pre>": ' tabindex="0"',
}


def told(page: str) -> str:
    """A page with what was left out."""
    for begins, more in PUT_IN.items():
        page = page.replace(begins, re.sub(r"^<\w+", rf"\g<0>{more}", begins))
    return page


def build_finished(app: Sphinx, failed: Exception | None) -> None:
    """Every page, once it is written."""
    for path in Path(app.outdir).rglob("*.html") if failed is None else ():
        path.write_text(told(path.read_text(encoding="utf-8")), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Sphinx's door to this module."""
    app.connect("build-finished", build_finished)
    return {"parallel_read_safe": True}
