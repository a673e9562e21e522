"""Does a call come to the same when every webhook is doubled on two workers? A few seeds; ``make doubled`` plays 5,000."""

from tests.reliability.figures.doubled import figure


def test_a_call_whose_webhooks_come_twice_at_once_leaves_the_same_rows_and_asks_the_same() -> None:
    assert figure(6, 20261125).broken == ()
