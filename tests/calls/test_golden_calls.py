"""Do the calls still go as the golden files tell them? Read one before you rewrite it: ``python -m tests.calls.bless``."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import dutyline
from ivr.moment import World
from tests.calls.golden import HERE, retold, stories, story_from


@pytest.mark.parametrize("path", stories(), ids=lambda path: path.stem)
def test_a_golden_call_goes_as_it_is_told(world: World, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert retold(world, text) == text


def test_every_line_has_a_golden_call(world: World) -> None:
    told = {story_from(path.read_text(encoding="utf-8")).line for path in stories()}
    assert told == set(world.plans.current)


def test_a_head_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValueError, match="Kees"):
        story_from("A title\nLine: devon\nWhen: Wed 10:00\nKees: 1\n\n")


def test_a_golden_call_reads_as_the_command_prints_it(tmp_path: Path) -> None:
    asked = ["dial", "devon", "--at", "2026-11-25T10:00", "--keys", "2,4,4"]
    phones = ["--callee", "07812 106279=no-answer", "--callee", "07581 156261=answers"]
    printed = CliRunner().invoke(dutyline, [*asked, *phones], env={"DUTYLINE_STATE_DIR": str(tmp_path)})
    golden = (HERE / "devon-exeter-4.txt").read_text(encoding="utf-8")
    assert printed.output.strip() == golden.split("\n\n", maxsplit=1)[1].strip()
