"""Is a sample of the figure clean: a few texts that must not be rung, through every door?"""

import pytest

from tests.reliability.barred import KINDS, barred, may_be_rung
from tests.reliability.figures import fraud


def test_a_few_destinations_pass_no_door() -> None:
    assert fraud.figure(8, 7).broken == ()


def test_destinations_are_of_every_kind_and_none_twice() -> None:
    found = barred(500, 3)
    assert len(set(found)) == 500 > len(KINDS) > 10
    assert not any(map(may_be_rung, found))


@pytest.mark.parametrize(("e164", "may"), [
    ("+441392388481", True), ("+442079460101", True), ("+443451551071", True), ("+447790770713", True), ("+448001111", True),
    ("+448456000388", False), ("+449098790000", False), ("+447012345678", False), ("+447924123456", False), ("+441534440000", False),
    ("+12424561414", False), ("+441392388481,,9", False), ("01392388481", False),
])  # fmt: skip
def test_the_oracle_knows_the_plan(e164: str, may: bool) -> None:  # the expected answer
    assert may_be_rung(e164) is may
