"""On what was it measured? What the machine says of itself."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path


def description() -> str:
    """One line: processor, cores, memory, system, versions."""
    model = _first("/proc/cpuinfo", "model name")
    memory = int(_first("/proc/meminfo", "MemTotal").split()[0]) / 2**20
    return (
        f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, Linux {platform.release()}, Python {platform.python_version()}, "
        f"gunicorn {version('gunicorn')}, Flask {version('flask')}, SQLite {sqlite3.sqlite_version}"
    )


def _first(path: str, name: str) -> str:
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "0 of an unknown kind")
