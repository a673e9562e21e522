"""Is every change of the audit trail found? A few; ``make tampered`` makes a thousand."""

from tests.reliability.figures.tampered import figure


def test_whatever_is_done_to_the_trail_is_found() -> None:
    found = figure(39, 20261128)
    assert found.broken == ()
    assert found.values["found"] == 39
