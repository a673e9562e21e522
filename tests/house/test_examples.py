"""Do the documentation's examples work as they are printed?"""

import shlex
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import TypeAdapter

from cli.main import dutyline
from ivr.plan import Plan
from ivr.reading import plan_from
from ivr.shape import HoursShape, NodeShape
from routing.hours import week_from
from tests.house.pages import blocks, page, pages

LEFT_OUT = "…"
PURE = ("dial", "route", "export")
"""The commands that need nothing but the bundled folders, so that their printed output can be held against the real one."""

TOML = [block for path in pages() for block in blocks(path.read_text(encoding="utf-8"), "toml")]
CONSOLE = [block for path in pages() for block in blocks(path.read_text(encoding="utf-8"), "console")]
NODE: TypeAdapter[NodeShape] = TypeAdapter(NodeShape)


def transcripts() -> list[tuple[str, list[str]]]:
    """Each printed command that needs nothing, with the lines of output that are printed behind it."""
    found: list[tuple[str, list[str]]] = []
    for block in CONSOLE:
        for part in block.removeprefix("$ ").split("\n$ "):
            command, *output = part.splitlines()
            found.append((command, output))
    return [(command, output) for command, output in found if _is_pure(command) and any(output)]


def _is_pure(command: str) -> bool:
    words = command.split()
    return words[:1] == [".venv/bin/dutyline"] and words[1] in PURE


def printed(command: str, state: Path) -> list[str]:
    """What the command prints on a machine where nothing was published yet."""
    unset = dict.fromkeys(("TWILIO_ACCOUNT_SID", "DUTYLINE_DATABASE_URL", "DUTYLINE_PLANS_DIR"))
    result = CliRunner().invoke(dutyline, shlex.split(command)[1:], env={**unset, "DUTYLINE_STATE_DIR": str(state)})
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


@pytest.mark.parametrize("example", TOML, ids=lambda example: example.splitlines()[0])
def test_every_example_of_toml_parses(example: str) -> None:
    tables = tomllib.loads(example)
    if "line" in tables:
        assert isinstance(plan_from(example), Plan)
    for hours in tables.get("hours", {}).values():
        assert not isinstance(week_from(HoursShape.model_validate(hours).week), str)
    for slug, node in tables.get("nodes", {}).items():
        assert NODE.validate_python(node).node(slug).slug == slug


def test_a_whole_plan_is_among_the_examples() -> None:
    assert sum(isinstance(plan_from(example), Plan) for example in blocks(page("plans.md"), "toml")) == 1


@pytest.mark.parametrize(
    ("command", "output"), transcripts(), ids=lambda given: given if isinstance(given, str) else ""
)
def test_a_printed_transcript_is_what_the_command_prints(command: str, output: list[str], tmp_path: Path) -> None:
    real = iter(printed(command, tmp_path))
    assert [line for line in output if line.strip() not in ("", LEFT_OUT) and line not in real] == []


def test_the_readme_shows_a_call_with_whisper_and_key() -> None:
    command, output = transcripts()[0]
    assert command.startswith(".venv/bin/dutyline dial")
    assert any("Press 1 to accept" in line for line in output)
    assert any("Callee  presses 1" in line for line in output)
    assert len(output) < 15
