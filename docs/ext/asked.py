"""What does the code answer when it is asked for its verbs, reasons, settings and commands?"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import get_args

import click

import admin
import ivr
import routing
from cli.main import COMMANDS
from cli.main import dutyline as whole
from ivr.shape import NodeShape, Shape
from routing.reasons import Reason

NAME = re.compile(r"(DUTYLINE|TWILIO)_[A-Z_]+|PORT")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of a plan, what a step with it does, and its fields."""

    name: str
    means: str
    needed: tuple[str, ...]
    optional: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """An environment variable, and what is taken where it is not given, if one word says that."""

    name: str
    otherwise: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command or sub-command as it is typed."""

    name: str
    does: str
    arguments: tuple[str, ...]
    options: tuple[str, ...]


def verbs() -> Iterator[Verb]:
    """The verbs in the order of the plan's grammar."""
    for shape in get_args(get_args(NodeShape)[0]):
        yield _verb(shape)


def _verb(shape: type[Shape]) -> Verb:
    fields = {name: field for name, field in shape.model_fields.items() if name != "do"}
    return Verb(
        get_args(shape.model_fields["do"].annotation)[0],
        inspect.getdoc(inspect.signature(shape.node).return_annotation) or "",
        tuple(name for name, field in fields.items() if field.is_required()),
        tuple(name for name, field in fields.items() if not field.is_required()),
    )


def reasons() -> list[type[Reason]]:
    """Every kind of reason, by the modules that define them."""
    modules = [importlib.import_module(found.name) for package in (routing, ivr)
               for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]  # fmt: skip
    classes = [one for module in modules for one in vars(module).values() if getattr(one, "__module__", "") == module.__name__]
    return [one for one in classes if inspect.isclass(one) and issubclass(one, Reason) and one is not Reason]


def settings() -> list[Setting]:
    """Every setting that is read, by name."""
    found: dict[str, str] = {}
    beside = [found.name for found in pkgutil.iter_modules(admin.__path__, "admin.") if found.name.endswith("settings")]
    for module in map(importlib.import_module, ("app", "cli.serve", *beside)):
        for node in ast.walk(ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))):
            for name, otherwise in _read(node):
                found[name] = found.get(name) or _value(otherwise, module)
    return [Setting(name, found[name]) for name in sorted(found)]


def _read(call: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """The settings that a call names, each with what stands behind the name: what is taken where nothing is given."""
    if isinstance(call, ast.Call):
        named = [one.value if isinstance(one, ast.Constant) else "" for one in call.args]
        for at, name in enumerate(named):
            if NAME.fullmatch(str(name)):
                yield str(name), call.args[at + 1] if len(call.args) > at + 1 else None
        yield from ((str(one.value.value), _keyword(call, "default")) for one in call.keywords
                    if one.arg == "envvar" and isinstance(one.value, ast.Constant))  # fmt: skip


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((one.value for one in call.keywords if one.arg == name), None)


def _value(given: ast.expr | None, module: ModuleType) -> str:
    match given:
        case ast.Constant(value):
            return str(value)
        case ast.Name() | ast.Attribute():
            try:
                return str(attrgetter(ast.unparse(given))(module))
            except AttributeError:
                return ""
        case ast.Call(ast.Name("str"), [inner]):
            return _value(inner, module)
        case _:
            return ""


def commands() -> Iterator[Command]:
    """Every command with those below it, in the order of ``dutyline --help``."""
    for name, (_, does) in COMMANDS.items():
        command = whole.get_command(click.Context(whole), name)
        if command is not None:
            yield _command(f"dutyline {name}", command, does)
            for below, one in getattr(command, "commands", {}).items():
                yield _command(f"dutyline {name} {below}", one, one.get_short_help_str(200))


def _command(name: str, command: click.Command, does: str) -> Command:
    arguments = tuple(one.human_readable_name for one in command.params if isinstance(one, click.Argument))
    options = tuple(one.opts[0] for one in command.params if isinstance(one, click.Option))
    return Command(name, does, arguments, options)


def unit(metric: str) -> str:
    """The unit of a metric, which is the end of its name."""
    end = metric.rpartition("_")[2]
    return end if end in ("seconds", "bytes") else "–"
