"""Does everything that somebody can use stand in the documentation, and nothing else?"""

import ast
import importlib
import inspect
import json
import re
from types import ModuleType
from typing import get_args

import click
import pytest

import ivr.name_reasons
import ivr.queue_reasons
import ivr.reasons
import ivr.swept
import routing.reasons
from admin.roles import MATRIX
from admin.who import ADMINS, AUDITORS, EDITORS, EVERYBODY, HANDLERS, TRACERS, Route
from cli.main import COMMANDS
from directory.importing import FORMS, PERSON_COLUMNS, ROLE_COLUMNS, TEAM_COLUMNS
from directory.problems import WORDS, Code
from ivr.shape import NodeShape, PlanShape, Shape
from routing.reasons import Reason
from tests.house.pages import anchors, blocks, folded, headings, links, page, pages, section
from tests.house.tree import HOME, modules, tree

SETTING = re.compile(r"(DUTYLINE|TWILIO)_[A-Z_]+|PORT")
OF_THE_API = [route for route in MATRIX if route[1].startswith("/api/")]
"""The other routes are pages."""

FOR_TESTS_ONLY = {"DUTYLINE_TEST_POSTGRES_URL", "DUTYLINE_TEST_ROWS", "DUTYLINE_TEST_SEED"}
WHO = {
    EVERYBODY: "Every role",
    ADMINS: "Admins",
    EDITORS: "Editors",
    HANDLERS: "Admins, handlers",
    TRACERS: "Admins, handlers, auditors, viewers",
    AUDITORS: "Admins, auditors",
    HANDLERS | AUDITORS: "Admins, handlers, auditors",
}


def verbs() -> dict[str, type[Shape]]:
    """Each verb of a plan and its table."""
    shapes = get_args(get_args(NodeShape)[0])
    return {get_args(shape.model_fields["do"].annotation)[0]: shape for shape in shapes}


def settings() -> set[str]:
    """Every environment variable that is named where the environment is read."""
    texts = {
        node.value
        for path in (*modules("app.py"), *sorted((HOME / "admin").glob("*settings.py")), *modules("cli"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text for text in texts if SETTING.fullmatch(text)}


def commands() -> list[str]:
    """Every command and sub-command, as it is typed."""
    found = []
    for name, (module, _) in COMMANDS.items():
        command = importlib.import_module(module).command
        under = command.commands if isinstance(command, click.Group) else {}
        found += [f"dutyline {name}", *(f"dutyline {name} {sub}" for sub in under)]
    return found


def reasons(module: ModuleType) -> list[type[Reason]]:
    """The reasons that a module defines."""
    classes = [one for _, one in inspect.getmembers(module, inspect.isclass) if one.__module__ == module.__name__]
    return [one for one in classes if issubclass(one, Reason) and one is not Reason]


REASON_MODULES = (routing.reasons, ivr.reasons, ivr.name_reasons, ivr.queue_reasons, ivr.swept)
REASONS = [reason for module in REASON_MODULES for reason in reasons(module)]


def documented(route: Route) -> str:
    """An endpoint as its heading writes it."""
    method, rule = route
    return f"{method} {rule.replace('<', '{').replace('>', '}')}"


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_is_told_with_its_fields_and_an_example(verb: str) -> None:
    told = section(page("plans.md"), verb)
    assert f'do = "{verb}"' in "".join(blocks(told, "toml"))
    assert [field for field in verbs()[verb].model_fields if field != "do" and f"`{field}`" not in told] == []


def test_no_verb_is_told_that_does_not_exist() -> None:
    assert headings(page("plans.md"), 3) == list(verbs())


def test_every_field_of_a_plans_header_is_told() -> None:
    told = section(page("plans.md"), "The header")
    assert [
        field for field in PlanShape.model_fields if field not in ("hours", "nodes") and f"`{field}`" not in told
    ] == []


def test_every_setting_has_its_heading() -> None:
    assert set(headings(page("settings.md"), 3)) == settings() | FOR_TESTS_ONLY


def test_every_endpoint_has_its_heading() -> None:
    assert sorted(headings(page("api.md"), 3)) == sorted(map(documented, OF_THE_API))


@pytest.mark.parametrize("route", OF_THE_API, ids=documented)
def test_every_endpoint_says_whose_keys_it_takes(route: Route) -> None:
    told = section(page("api.md"), documented(route)).strip()
    assert re.match(rf"{WHO[MATRIX[route]]}[.;]", told)


def test_every_command_has_its_heading() -> None:
    told = page("commands.md")
    given = [name for level in (2, 3) for name in headings(told, level) if name.startswith("dutyline")]
    assert sorted(given) == sorted(commands())


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: reason.code)
def test_every_reason_stands_with_its_sentence(reason: type[Reason]) -> None:
    assert f"> {reason.words}" in section(page("reasons.md"), reason.code).splitlines()


def test_no_reason_is_told_that_is_never_given() -> None:
    assert sorted(headings(page("reasons.md"), 3)) == sorted(reason.code for reason in REASONS)


@pytest.mark.parametrize("code", WORDS)
def test_every_refusal_stands_with_its_sentence(code: Code) -> None:
    assert f"| `{code.value}` | {WORDS[code]} |" in page("directory.md").splitlines()


def test_every_column_of_the_directorys_files_is_told() -> None:
    parts = {TEAM_COLUMNS: "Teams", PERSON_COLUMNS: "Workers and managers", ROLE_COLUMNS: "Named roles"}
    told = {form.columns: section(page("directory.md"), parts.get(form.columns, "Other files")) for form in FORMS}
    assert [column for columns, text in told.items() for column in columns if f"`{column}`" not in text] == []


def test_every_link_leads_somewhere() -> None:
    lost = []
    for path in pages():
        for target in links(path.read_text(encoding="utf-8")):
            name, _, anchor = target.partition("#")
            there = (path.parent / name) if name else path
            known = there.is_file() and (not anchor or anchor in anchors(there.read_text(encoding="utf-8")))
            lost += [] if known else [f"{path.relative_to(HOME)}: {target}"]
    assert lost == []


def test_every_page_is_found_from_the_first_one() -> None:
    seen, ahead = set(), [HOME / "README.md", HOME / "docs" / "index.md"]
    while ahead:
        path = ahead.pop().resolve()
        if path not in seen and path.suffix == ".md":
            seen.add(path)
            ahead += [
                path.parent / link.partition("#")[0]
                for link in links(path.read_text(encoding="utf-8"))
                if link[0] != "#"
            ]
    assert {path.name for path in pages() if "adr" not in path.parts} <= {path.name for path in seen}


def test_every_example_of_json_is_json() -> None:
    assert [type(json.loads(block)) for path in pages() for block in blocks(path.read_text(encoding="utf-8"), "json")]


def test_every_target_that_a_page_names_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for path in pages() for name in re.findall(r"`make ([a-z]+)`", path.read_text(encoding="utf-8"))}
    assert {"run", "test"} <= named <= targets


def test_the_readme_is_honest_about_what_is_not_there() -> None:
    missing = folded(
        section((HOME / "README.md").read_text(encoding="utf-8"), "State of the project").partition("Not there yet")[2]
    )
    assert [name for name in ("languages",) if name not in missing] == []
