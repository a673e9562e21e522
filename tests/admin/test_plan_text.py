"""A plan's TOML is changed in one part, and every comment and line of the rest stays."""

import tomllib
from pathlib import Path

import pytest

from admin.console.step_fields import SHAPES
from admin.plan_text import (
    HEADER,
    TARGETS,
    EditError,
    Use,
    changed,
    nodes_of,
    renamed_node,
    rows_of,
    tables_of,
    uses,
    with_table,
    without_table,
)
from ivr.plan import Plan
from ivr.reading import plan_from
from tests.conftest import HOME

DEVON = (HOME / "plans/devon/devon.toml").read_text(encoding="utf-8")
EVERY = sorted((HOME / "plans").glob("*/*.toml"))
PLANS = [path for path in EVERY if path.name != "authority.toml" and path.parent.name != "calendars"]
MASH, WELCOME = ("nodes", "mash"), ("nodes", "welcome")


def difference(after: str, before: str = DEVON) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_one_prompt_changes_one_line() -> None:
    assert difference(changed(DEVON, ("nodes", "night"), {"say": 'It is "late".'})) == (
        ['say = "Our offices are closed."'],
        ['say = "It is \\"late\\"."'],
    )


def test_what_is_alike_but_for_white_space_stays_as_it_is_written() -> None:
    text = DEVON.replace('say = "Our offices are closed."', 'say = """Our offices\nare closed."""')
    assert changed(text, ("nodes", "night"), {"say": "Our offices are closed."}) == text


def test_a_new_field_stands_above_the_comment_of_the_next_step() -> None:
    after = changed(DEVON, MASH, {"say": "One moment."})
    assert difference(after) == ([], ['say = "One moment."'])
    assert after.index('say = "One moment."') < after.index("# D:75: the source has a dead link")


def test_a_field_that_is_emptied_goes() -> None:
    assert difference(changed(DEVON, MASH, {"named": None})) == (['named = "MASH, the safeguarding hub"'], [])


def test_choices_are_written_one_in_a_row_and_keep_their_rows() -> None:
    rows = rows_of(nodes_of(tomllib.loads(DEVON))["welcome"])
    moved = changed(DEVON, WELCOME, {"options": [rows[1], rows[0], *rows[2:]]})
    assert difference(moved) == ([], [])
    assert moved != DEVON
    shorter = changed(DEVON, WELCOME, {"options": rows[:-1]})
    gone = '    { key = "5", label = "a Care, Education and Treatment Review", go = "review" },'
    assert difference(shorter) == ([gone], [])


def test_a_comment_between_choices_stays_where_one_of_them_changes() -> None:
    text = DEVON.replace('    { key = "2", label = "a team', '    # D:22\n    { key = "2", label = "a team')
    rows = rows_of(nodes_of(tomllib.loads(text))["welcome"])
    after = changed(text, WELCOME, {"options": [*rows[:-1], {**rows[-1], "label": "a review"}]})
    assert "    # D:22\n" in after
    assert rows_of(nodes_of(tomllib.loads(after))["welcome"])[-1]["label"] == "a review"


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_step_goes_with_its_own_comment_and_no_other(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for slug in nodes_of(tomllib.loads(text)):
        after = without_table(text, ("nodes", slug))
        lost, came = difference(after, text)
        assert not came
        assert nodes_of(tomllib.loads(text)).keys() - nodes_of(tomllib.loads(after)).keys() == {slug}
        above = text[: text.index(f"[nodes.{slug}]")].rpartition("\n\n")[2]
        assert [line for line in lost if line.startswith("#")] == [
            line for line in above.splitlines() if line.startswith("#")
        ]


def test_a_step_comes_in_behind_another_one() -> None:
    after = with_table(DEVON, ("nodes", "shut"), {"do": "message", "say": "Closed.", "go": "mash", "named": None}, MASH)
    assert difference(after) == ([], ["[nodes.shut]", 'do = "message"', 'say = "Closed."', 'go = "mash"'])
    assert list(nodes_of(tomllib.loads(after))).index("shut") == 1 + list(nodes_of(tomllib.loads(DEVON))).index("mash")


def test_a_step_that_is_there_already_is_not_written_over() -> None:
    with pytest.raises(EditError):
        with_table(DEVON, MASH, {"do": "goodbye", "say": "Goodbye."})


def test_what_would_change_more_than_was_meant_is_refused() -> None:
    inline = 'line = "x"\nnodes = { mash = { do = "goodbye", say = "Goodbye." } }\n'
    with pytest.raises(EditError):
        without_table(inline, MASH)
    with pytest.raises(EditError):
        changed(DEVON, ("nodes", "nowhere"), {"say": "x"})


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_renamed_step_is_renamed_wherever_it_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = [tomllib.loads(text)[field] for field in ("start", "otherwise", "safe")]
    for slug in dict.fromkeys(named):
        text = renamed_node(text, slug, f"x-{slug}")
    found = plan_from(text)
    assert isinstance(found, Plan), found
    assert [found.start, found.otherwise, found.safe] == [f"x-{slug}" for slug in named]
    assert text.count("#") == path.read_text(encoding="utf-8").count("#")


def test_every_use_of_a_step_is_told() -> None:
    found = uses(tomllib.loads(DEVON), "mash")
    assert found == [Use("", "otherwise"), Use("welcome", "options.2.go"), Use("review", "options.4.go")]


def test_every_field_that_a_verb_leads_on_by_is_known() -> None:
    named = {name for shape in SHAPES.values() for name, field in shape.model_fields.items()
             if "a-z0-9-" in str(field) and name not in ("team", "line")}  # fmt: skip
    assert named | {"call_back"} == set(TARGETS)


def test_what_is_no_toml_has_no_tables() -> None:
    assert tables_of("this = is = no toml") is None
    assert changed(DEVON, HEADER, {"name": "Devon"}).splitlines()[4] == 'name = "Devon"'
