"""Does every file keep to its room, and to the size of one thought?"""

import ast
import re
from collections.abc import Iterator
from statistics import median

from tests.house.tree import CORE, FUNCTIONS, HOME, dotted, files, imports, modules, place, roots, shipped, tree

FORBIDDEN_IN_THE_CORE = frozenset(("flask", "sqlalchemy", "twilio", "random", "socket", "os", "logging"))
EDGES = ("admin", "cli", "desk", "rehearsal", "webhooks")
CLOCKS = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime|ctime|strftime))$"
)
STAND_INS = frozenset(("monkeypatch", "mocker", "MonkeyPatch"))
EXCUSES = frozenset(("skip", "skipif", "xfail", "importorskip"))
MACHINE_PATH = re.compile(rf"(?<![\w.-])/({'|'.join(('work', 'root', 'farm'))})(/|\b)")
REGISTRIES = tuple(".".join(parts) for parts in (("pypi", "org"), ("python" + "hosted", "org"), ("npm" + "js", "org"),
                                                 ("crates", "io"), ("golang", "org"), ("yarnpkg", "com")))  # fmt: skip
MOST_LINES, MOST_OF_A_FUNCTION, SHORT, TYPICAL = 300, 40, 20, 6


def functions() -> Iterator[tuple[int, str]]:
    """The length of each shipped function, and its name. Database revisions list columns, are written once, and left out."""
    for path in (path for path in shipped() if "versions" not in path.parts):
        for node in ast.walk(tree(path)):
            if isinstance(node, FUNCTIONS):
                yield (node.end_lineno or node.lineno) - node.lineno + 1, f"{place(path)}: {node.name}"


def test_only_the_command_line_the_bench_the_site_and_tests_import_the_composition_root() -> None:
    allowed = modules("bench", "cli", "docs", "tests")
    assert [place(path) for path in modules() if "app" in roots(path) and path not in allowed] == []


def test_nothing_imports_the_command_line_but_the_bench_the_site_and_tests() -> None:
    allowed = modules("bench", "cli", "docs", "tests")
    assert [place(path) for path in modules() if "cli" in roots(path) and path not in allowed] == []


def test_one_module_alone_asks_what_time_it_is() -> None:
    asking = {
        place(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and CLOCKS.search(dotted(node))
    }
    by_name = {place(path) for path in modules() if imports(path) & {"time.time", "time.localtime", "time.gmtime"}}
    assert asking | by_name == {"routing/clock.py"}


def test_fakes_are_passed_in_and_nothing_is_patched() -> None:
    mocking = [place(path) for path in modules() if imports(path) & {"unittest.mock", "mock", "pytest_mock"}]
    patching = [
        f"{place(path)}: {named}"
        for path in modules()
        for node in ast.walk(tree(path))
        for named in [getattr(node, "arg", None) or getattr(node, "attr", None) or getattr(node, "id", None)]
        if isinstance(node, ast.arg | ast.Attribute | ast.Name) and named in STAND_INS
    ]
    assert mocking + patching == []


def test_no_test_is_excused() -> None:
    excused = [
        f"{place(path)}:{node.lineno}"
        for path in modules("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in EXCUSES
        and dotted(node).split(".")[0] in ("pytest", "unittest")
    ]
    assert excused == []


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = [(len(path.read_text(encoding="utf-8").splitlines()), place(path)) for path in modules()]
    assert [name for length, name in lengths if length > MOST_LINES] == []


def test_no_function_is_longer_than_a_screen() -> None:
    assert [name for length, name in functions() if length > MOST_OF_A_FUNCTION] == []


def test_nearly_all_functions_are_short() -> None:
    lengths = [length for length, _ in functions()]
    assert sum(length <= SHORT for length in lengths) / len(lengths) >= 0.95
    assert median(lengths) <= TYPICAL


def test_every_module_says_what_it_is_for() -> None:
    silent = [place(path) for path in shipped() if not ast.get_docstring(tree(path))]
    untold = [
        place(path)
        for path in modules("tests")
        if path.read_text(encoding="utf-8") and not ast.get_docstring(tree(path))
    ]
    assert silent + untold == []


def test_nothing_names_a_registry_or_a_place_on_somebodys_machine() -> None:
    named = [
        f"{place(path)}: {found}"
        for path in files()
        for text in [path.read_text(encoding="utf-8", errors="replace")]
        for found in (*(host for host in REGISTRIES if host in text), *(m[0] for m in MACHINE_PATH.finditer(text)))
    ]
    assert named == []


def test_the_core_knows_no_web_no_database_and_no_machine() -> None:
    found = [f"{place(path)}: {root}" for path in modules(*CORE) for root in roots(path) & FORBIDDEN_IN_THE_CORE]
    assert found == []


def test_pydantic_stays_where_plans_are_read_and_at_the_edges() -> None:
    allowed = {HOME / "ivr" / "shape.py", HOME / "ivr" / "reading.py", *modules(*EDGES)}
    assert [place(path) for path in shipped() if "pydantic" in roots(path) and path not in allowed] == []


def test_only_the_store_speaks_sqlalchemy() -> None:
    allowed = modules("store")
    assert [place(path) for path in shipped() if "sqlalchemy" in roots(path) and path not in allowed] == []


def test_only_the_command_line_prints() -> None:
    printing = [
        f"{place(path)}:{node.lineno}"
        for path in shipped()
        if path not in modules("cli")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and dotted(node.func) == "print"
    ]
    assert printing == []
