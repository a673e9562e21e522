"""Can every page's main task be done where scripts are off? By keyboard too."""

import pytest

from tests.browser.conftest import PLAIN, Seat
from tests.browser.doing import done
from tests.browser.drawn import drawn
from tests.browser.task import Task
from tests.browser.tasks import TASKS


@pytest.mark.parametrize("task", drawn(TASKS, 2, "no script"))
def test_no_script_is_needed(task: Task, seat: Seat) -> None:
    done(task, seat, PLAIN)
