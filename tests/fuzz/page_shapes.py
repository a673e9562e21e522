"""Of which elements does a page consist, whatever its words are? Two pages with the same shape differ in text alone."""

from collections import Counter
from html.parser import HTMLParser

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
LEADING = frozenset(("href", "src", "action", "formaction", "hx-get", "data", "srcdoc"))
Element = tuple[str, ...]


class Shape(HTMLParser):
    """A page's elements, each with the path of its parents and the names of its attributes; its text and its wild links."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.elements: Counter[Element] = Counter()
        self.wild: list[str] = []
        self._texts: list[str] = []
        self.feed(page)
        self.close()

    @property
    def text(self) -> str:
        """Everything that a reader sees."""
        return "".join(self._texts)

    def many(self, tag: str) -> int:
        """How many elements have this tag."""
        return sum(many for found, many in self.elements.items() if [one for one in found if one[0] != "@"][-1] == tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[*self._open, tag, *sorted(f"@{name}" for name, _ in attrs)] += 1
        self.wild += [f"{name}={value}" for name, value in attrs if name in LEADING and not _is_ours(value or "")]
        self._open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._texts.append(data)


def _is_ours(link: str) -> bool:
    """Whether a link stays on the page or the site."""
    return link.startswith(("/", "#")) and not link.startswith("//")
