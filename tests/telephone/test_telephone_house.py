"""Does the telephone keep to itself?"""

import ast
import sys
from pathlib import Path

import pytest

import telephone

FILES = sorted(Path(telephone.__file__).parent.rglob("*.py"))


def imported(tree: ast.Module) -> set[str]:
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_it_imports_the_standard_library_and_itself(file: Path) -> None:
    roots = {name.partition(".")[0] for name in imported(ast.parse(file.read_text()))}
    assert roots <= sys.stdlib_module_names | {"telephone"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_file_says_which_question_it_answers(file: Path) -> None:
    assert "?" in (ast.get_docstring(ast.parse(file.read_text())) or "").splitlines()[0]
