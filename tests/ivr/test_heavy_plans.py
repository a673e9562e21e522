"""Can a text keep the reader of plans busy, or make it stumble? The process that reads it answers calls, too."""

from time import perf_counter

import pytest

from ivr.plan import Plan
from ivr.reading import plan_from
from tests.ivr.proof.unreadable_plans import SHEFFIELD, edited

LONG_AGO = 2.0
HEAVY = {
    "a key of many parts": ".".join("a" * 90_000) + " = 1",
    "a quoted key of many parts": '"a" . ' * 30_000 + "a = 1",
    "a table's name of many parts": "[" + ".".join("a" * 90_000) + "]",
    "a long number": "a = " + "9" * 10_000,
    "a long number in another base": "a = 0x" + "f" * 100_000,
    "lists in lists": "a = " + "[" * 90_000,
    "a long word": "a" * 190_000,
}


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_a_heavy_text_is_refused_in_words_and_soon(text: str) -> None:
    began = perf_counter()
    found = plan_from(text)
    assert not isinstance(found, Plan)
    assert perf_counter() - began < LONG_AGO


def in_a_row(many: int, do: str) -> str:
    """Sheffield's plan behind many steps, each of which leads to the next by two ways."""
    steps = [f"s{place}" for place in range(many)]
    every = "".join(
        f"\n[nodes.{step}]\n{do.replace('NEXT', after)}\n"
        for step, after in zip(steps, [*steps[1:], "office"], strict=True)
    )
    return edited(SHEFFIELD, ('start = "office"', f'start = "{steps[0]}"')) + every


SWITCH = 'do = "switch"\nhours = "office"\nopen = "NEXT"\nclosed = "NEXT"'
SWITCH_BACK = 'do = "switch"\nhours = "office"\nopen = "NEXT"\nclosed = "s0"'
MENU = 'do = "menu"\noptions = [{ key = "1", label = "one", go = "NEXT" }, { key = "2", label = "two", go = "s0" }]'


@pytest.mark.parametrize("do", [SWITCH, SWITCH_BACK])
def test_a_plan_of_many_steps_in_a_row_is_read_soon(do: str) -> None:
    began = perf_counter()
    assert isinstance(plan_from(in_a_row(40, do)), Plan)
    assert perf_counter() - began < LONG_AGO


def test_the_keys_that_a_caller_may_need_are_counted_on_ways_that_lead_back_too() -> None:
    found = plan_from(in_a_row(6, MENU))
    assert not isinstance(found, Plan)
    assert "A caller may need 7 keys" in " ".join(map(str, found))


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (('name = "Sheffield CPET"', 'name = "Sheffield\\u0000 CPET"'), "name"),
        (('label = "a call back"', 'label = "a\\u0007 call back"'), "nodes.welcome.options.2.label"),
        (("[hours.office]", '[hours."o\\u0000"]'), "hours.o?"),
        (('authority = "sheffield"', f'authority = "{"s" * 81}"'), "authority"),
    ],
)
def test_what_no_database_could_keep_is_told_by_its_place(edit: tuple[str, str], place: str) -> None:
    found = plan_from(edited(SHEFFIELD, edit))
    assert not isinstance(found, Plan)
    assert place in [problem.field for problem in found]
