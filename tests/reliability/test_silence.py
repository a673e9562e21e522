"""Does the alarm of a silent line stay quiet in a year of chance, and wake when calls stop? (`make silence` looks at more years)"""

from tests.reliability.figures.silence import KINDS, figure


def test_a_year_of_chance_wakes_nobody_for_nothing() -> None:
    assert figure(1, 3, KINDS[1:3]).broken == ()
