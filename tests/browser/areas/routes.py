"""How are the pages looked at that show who would ring, and what changes soon?"""

from app import Application
from tests.browser.state import State
from tests.browser.task import Task

STATES: list[State] = []
SCREENS: list[State] = []
TASKS: tuple[Task, ...] = ()
NEVER_REFUSED: dict[str, str] = {}
NO_PAGE: dict[str, str] = {}


def furnish(_: Application) -> None:
    """Nothing yet."""
