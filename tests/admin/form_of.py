"""What would a browser send of a page's forms, as they stand there?"""

from html.parser import HTMLParser

NOT_SENT = ("file", "submit")


class Forms(HTMLParser):
    """Every field of a page's main part, by name, with its value."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._text = self._list = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A field begins."""
        known = {name: value or "" for name, value in attrs}
        name, kind = known.get("name", ""), known.get("type", "")
        if tag == "textarea":
            self._text = name
            self.fields[name] = ""
        elif tag == "select":
            self._list = name
        elif tag == "option" and self._list and ("selected" in known or self._list not in self.fields):
            self.fields[self._list] = known.get("value", "")
        elif (
            tag == "input"
            and name
            and kind not in NOT_SENT
            and (kind not in ("radio", "checkbox") or "checked" in known)
        ):
            self.fields[name] = known.get("value", "")

    def handle_data(self, data: str) -> None:
        """What stands in a larger field."""
        if self._text:
            self.fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        """A field ends."""
        if tag == "textarea":
            self._text = ""
        elif tag == "select":
            self._list = ""


def form_of(page: str) -> dict[str, str]:
    """The fields of a page."""
    forms = Forms()
    forms.feed(page[page.index("<main") :].partition("</main>")[0])
    return forms.fields
