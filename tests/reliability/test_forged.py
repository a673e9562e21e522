"""Does anybody get in but Twilio? A few forgeries, replays and proxies; ``make forged`` tries a hundred thousand."""

from tests.reliability.figures.forged import figure


def test_nobody_gets_in_but_twilio_and_twilio_through_every_proxy() -> None:
    found = figure(150, 20261128)
    assert found.broken == ()
    assert found.values["proxies"] == "24 of 24"
