"""What lies in ``deploy/``, and what do its own checkers say of it?"""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import yaml

from admin.metric_names import METRICS, Kind
from tests.house.tree import HOME

DEPLOY = HOME / "deploy"
NAMED = re.compile(r"\b(?:dutyline_\w+|up)(?=[{\[\s)<>=,]|$)")
"""A metric in an expression."""

PARTS = ("_bucket", "_count", "_sum")
TOLD = {f"{metric.name}{part}" for metric in METRICS for part in (PARTS if metric.kind is Kind.HISTOGRAM else ("",))}
"""By which names a page of metrics tells its values."""


def read(name: str) -> Any:
    """A file of YAML or JSON."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    return json.loads(text) if name.endswith(".json") else yaml.safe_load(text)


def metrics_in(expression: str) -> set[str]:
    """The metrics that an expression names."""
    return set(NAMED.findall(expression))


def said_by(program: str, *arguments: str, within: Path = DEPLOY) -> str:
    """What a checker prints; it must be content."""
    run = subprocess.run([program, *arguments], cwd=within, capture_output=True, text=True, check=False)  # noqa: S603  # our files
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout + run.stderr
