"""What does the code answer when it is asked for its verbs, reasons, settings and commands?"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import NamedTuple, get_args

import click

import admin
import ivr
import routing
from cli.main import COMMANDS
from cli.main import dutyline as whole
from ivr.shape import NodeShape
from routing.reasons import Reason

SETTING = re.compile(r"(DUTYLINE|TWILIO)_[A-Z_]+|PORT")


class Deed(NamedTuple):
    """A verb of a plan, or a command as it is typed: what it does, and what it must and may be given."""

    name: str
    does: str
    must: list[str]
    may: list[str]


def verbs() -> Iterator[Deed]:
    """The verbs in the order of the plan's grammar."""
    for shape in get_args(get_args(NodeShape)[0]):
        fields = {name: field.is_required() for name, field in shape.model_fields.items() if name != "do"}
        name, node = get_args(shape.model_fields["do"].annotation)[0], inspect.signature(shape.node).return_annotation
        yield Deed(name, node.__doc__, *([one for one in fields if fields[one] is needed] for needed in (True, False)))


def reasons() -> list[type[Reason]]:
    """Every kind of reason, by the modules that define them."""
    names = [one.name for room in (routing, ivr) for one in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")]
    own = [
        one
        for name in names
        for one in vars(importlib.import_module(name)).values()
        if name == getattr(one, "__module__", "")
    ]
    return [one for one in own if inspect.isclass(one) and issubclass(one, Reason) and one is not Reason]


def settings() -> dict[str, str]:
    """Every setting that is read, by name, and what is taken where it is not given, if one word of the code says that."""
    found: dict[str, str] = {}
    beside = [one.name for one in pkgutil.iter_modules(admin.__path__, "admin.") if one.name.endswith("settings")]
    for module in map(importlib.import_module, ("app", "cli.serve", *beside)):
        for node in ast.walk(ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))):
            for name, otherwise in _read(node) if isinstance(node, ast.Call) else ():
                found[name] = found.get(name) or _value(otherwise, module)
    return dict(sorted(found.items()))


def _read(call: ast.Call) -> Iterator[tuple[str, ast.expr | None]]:
    """The settings that a call names, each with what stands behind the name."""
    named = {one.arg: one.value for one in call.keywords}
    for given, behind in (*pairwise((*call.args, None)), (named.get("envvar"), named.get("default"))):
        if isinstance(given, ast.Constant) and SETTING.fullmatch(str(given.value)):
            yield str(given.value), behind


def _value(given: ast.expr | None, module: ModuleType) -> str:
    match given:
        case ast.Constant(value):
            return str(value)
        case ast.Call(ast.Name("str"), [inner]):
            return _value(inner, module)
        case ast.Attribute() | ast.Name() if hasattr(module, ast.unparse(given).partition(".")[0]):
            return str(attrgetter(ast.unparse(given))(module))
        case _:
            return ""


def commands() -> Iterator[Deed]:
    """Every command with those below it, in the order of ``dutyline --help``."""
    for name, (module, does) in COMMANDS.items():
        command: click.Command = importlib.import_module(module).command
        yield _command(f"{whole.name} {name}", command, does)
        for below, one in command.commands.items() if isinstance(command, click.Group) else ():
            yield _command(f"{whole.name} {name} {below}", one, one.get_short_help_str(limit=200))


def _command(name: str, command: click.Command, does: str) -> Deed:
    words = {one: one.human_readable_name if isinstance(one, click.Argument) else one.opts[0] for one in command.params}
    return Deed(name, does, *([words[one] for one in words if one.required is must] for must in (True, False)))
