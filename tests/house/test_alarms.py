"""Does every alarm stand in the documentation, with what callers experience and what to do, and in words without anything personal?"""

import re

import pytest

from ivr.alarms import WORDS, Alarming
from tests.house.pages import headings, page, section

PERSONAL = ("number of", "caller's", "{caller}", "{number}")


def test_every_alarm_has_its_heading_and_no_other_is_told() -> None:
    assert sorted(headings(page("alarms.md"), 2)) == sorted(code.value for code in Alarming)


@pytest.mark.parametrize("code", Alarming)
def test_each_says_what_callers_experience_and_what_to_do(code: Alarming) -> None:
    told = section(page("alarms.md"), code.value)
    assert re.search(r"\*\*Callers\*\*", told)
    assert "**Do:**" in told


@pytest.mark.parametrize("code", Alarming)
def test_each_has_words_that_anybody_may_read(code: Alarming) -> None:
    words = WORDS[code]
    assert words.endswith((".", "{names}."))
    assert [one for one in PERSONAL if one in words] == []
