"""In which form is the log written, where do traces go, and what is refused?"""

import subprocess
import sys
from pathlib import Path

import pytest

from admin.log_settings import PLAIN, LogForm, Logs, logs
from admin.settings import ConfigError
from cli.doctor.settings import config_or_problems

UNINSTALLED = """
import sys
sys.modules["opentelemetry"] = None
from admin.log_settings import logs
logs({"DUTYLINE_TRACES_TO": "http://collector:4318"})
"""


def test_unless_it_is_said_the_log_is_for_people_and_there_are_no_traces() -> None:
    assert logs({}) == PLAIN == Logs(LogForm.TEXT, "")


def test_both_can_be_set() -> None:
    given = {"DUTYLINE_LOG_FORMAT": "json", "DUTYLINE_TRACES_TO": "http://collector:4318/"}
    assert logs(given) == Logs(LogForm.JSON, "http://collector:4318")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DUTYLINE_LOG_FORMAT", "xml"),
        ("DUTYLINE_LOG_FORMAT", "JSON"),
        ("DUTYLINE_TRACES_TO", "collector:4318"),
        ("DUTYLINE_TRACES_TO", "grpc://collector:4317"),
        ("DUTYLINE_TRACES_TO", "http://"),
        ("DUTYLINE_TRACES_TO", "http://collector:4318?key=1"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name_with_the_value_and_the_remedy(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=rf"^{name}: “.*” is .*; (use|write) ") as refused:
        logs({name: value})
    assert value in str(refused.value)


def test_a_key_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ConfigError, match="DUTYLINE_TRACES_TO") as refused:
        logs({"DUTYLINE_TRACES_TO": "https://me:a-secret@collector.example.org"})
    assert "secret" not in str(refused.value)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    wrong = {"DUTYLINE_STATE_DIR": str(tmp_path), "DUTYLINE_LOG_FORMAT": "xml", "DUTYLINE_TRACES_TO": "nowhere"}
    problems = config_or_problems(wrong)
    assert isinstance(problems, tuple)
    told = "\n".join(problem.sentence for problem in problems)
    assert "DUTYLINE_LOG_FORMAT: “xml”" in told
    assert "DUTYLINE_TRACES_TO: “nowhere”" in told


def test_where_the_packages_for_traces_are_missing_the_remedy_is_named() -> None:
    run = subprocess.run([sys.executable, "-c", UNINSTALLED], capture_output=True, text=True, check=False)  # noqa: S603  # our own
    assert "DUTYLINE_TRACES_TO: the packages for traces are not installed; run “make traces”" in run.stderr
