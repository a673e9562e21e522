"""Are a few seconds of ordinary calls answered without an error, on both databases?"""

import pytest

from tests.reliability.figures.steady import figure

SECONDS, SEED = 2, 1


@pytest.mark.long
def test_a_few_seconds_of_ordinary_calls_are_answered() -> None:
    assert figure(SECONDS, SEED).broken == ()
