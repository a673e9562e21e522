"""Is a deployment that is lost put back by what the operator's page says? (``make drill`` asks it at full size, of all four variants.)"""

import pytest

from tests.reliability.figures.drill import figure
from tests.reliability.losing import SERVE, commands_of

SMALL = 5


def test_the_page_names_the_commands_and_ends_with_the_start() -> None:
    assert all(command.startswith(".venv/bin/dutyline backup") for command in commands_of("Every night"))
    assert commands_of("Restore")[-1] == SERVE


@pytest.mark.long
@pytest.mark.timeout(300)
def test_a_machine_that_is_lost_but_for_its_journals_comes_back_and_nobody_is_called_twice() -> None:
    assert figure(SMALL, 1).broken == ()
