"""What is wrong with a page as it stands in the browser? What axe finds, what is cut off, and a focus that nobody sees."""

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
FOCUSED = """() => {
  const one = document.activeElement;
  const said = [...(one.labels ?? [])].map((label) => label.innerText).join(" ");
  const name = one.getAttribute("aria-label") || said || one.innerText || one.value || "";
  const hidden = getComputedStyle(one).opacity === "0";
  const shown = hidden ? getComputedStyle(one.nextElementSibling, "::before") : getComputedStyle(one);
  const clear = /rgba\\([^)]*, 0\\)$/.test(shown.outlineColor);
  const outlined = shown.outlineStyle !== "none" && parseFloat(shown.outlineWidth) > 0 && !clear;
  const box = one.getBoundingClientRect(), slack = 1;
  const inside = (from, to, size) => (to - from > size ? from < size && to > 0 : from >= -slack && to <= size + slack);
  return {
    name: name.trim().split(/\\s+/).join(" ").replaceAll(" :", ":"),
    kind: one.tagName,
    marked: outlined || shown.boxShadow !== "none",
    visible: inside(box.left, box.right, innerWidth) && inside(box.top, box.bottom, innerHeight),
  };
}"""
"""The focused element. A checkbox of the Design System is drawn by its label; what is larger than the window need not fit in."""
SCROLLED = 500
"""Milliseconds that the browser has to scroll to what has the focus: it does so a frame or two later. Without scripts
nothing in the page tells us when."""
LOOK_AGAIN = 25
"""Milliseconds between two looks."""


@dataclass(frozen=True, slots=True)
class Focus:
    """Where the focus is: the element's accessible name and tag, and whether somebody sees the mark and the element."""

    name: str
    kind: str
    marked: bool
    visible: bool

    @property
    def faults(self) -> list[str]:
        """In words; none where the focus is on nothing."""
        if self.kind == "BODY":
            return []
        wrong = ((self.marked, "has no visible focus"), (self.visible, "is focused outside the window"))
        return [f"{self.kind} “{self.name[:60]}” {words}" for right, words in wrong if not right]


def focus(page: Page) -> Focus:
    """Where the focus is, once the browser has scrolled to it."""
    for _ in range(SCROLLED // LOOK_AGAIN):
        found = Focus(**page.evaluate(FOCUSED))
        if not found.faults:
            break
        page.wait_for_timeout(LOOK_AGAIN)
    return found


def violations(page: Page) -> list[str]:
    """What axe finds, each with the element, once the page has its style sheets."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def cut_off(page: Page) -> list[str]:
    """Whether the page must be scrolled sideways, once it has its style sheets."""
    page.wait_for_load_state()
    return ["wider than the window"] if page.evaluate(TOO_WIDE) else []
