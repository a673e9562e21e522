"""Does any input at all break us? A few of each kind; ``make hostile`` tries a million."""

from tests.reliability.figures.hostile import figure
from tests.reliability.hostile.coming import Came


def test_no_input_breaks_us() -> None:
    found = figure(2_000, 20261128)
    assert found.broken == ()


def test_what_raises_is_told() -> None:
    came = Came()
    came.of(lambda: str(1 // 0), lambda: "a string")
    assert came.answers["faults"] == 1
    assert "a string" in came.faults[0]
