"""Can every page's main task be done with a keyboard alone? Each tab stop shows its focus, inside the window."""

import pytest

from tests.browser.conftest import WIDE, Seat
from tests.browser.doing import done
from tests.browser.drawn import drawn
from tests.browser.task import Task
from tests.browser.tasks import TASKS


@pytest.mark.parametrize("task", drawn(TASKS, 2, "keyboard"))
def test_a_keyboard_is_enough(task: Task, seat: Seat) -> None:
    done(task, seat, WIDE)
