"""Is a number that must not be rung refused in every form of the pages, on the command line, and in the settings?"""

import io
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from tempfile import TemporaryDirectory

from click.testing import CliRunner
from werkzeug.test import TestResponse

from app import ConfigError, config_from
from cli.main import dutyline
from directory.numbers import Number
from tests.conftest import HOME
from tests.reliability.ground import Door, Ground

SEEN = re.compile(r'name="seen" value="([^"]+)"')
SETTING = re.compile(r"^### `(DUTYLINE_[A-Z_]+|TWILIO_[A-Z_]+)`$", re.MULTILINE)
REFUSED = range(400, 500)
NEW_PERSON, EXTENSION = "/admin/people/new", re.compile("[0-9]{2,6}")
"""A few digits are an extension like any other, to which no number is known (``doors_written`` rings there)."""

FORMS: Mapping[str, tuple[str, Callable[[str], dict[str, str]]]] = {
    "duty number": ("/admin/teams/devon-ir-north/duty-numbers/add", lambda text: {"number": text, "step": "save", "why": "new"}),
    "changed duty number": ("/admin/teams/devon-ir-north/duty-numbers/0/change", lambda text: {"number": text, "step": "save",
                                                                                               "why": "new"}),
    "turn": ("/admin/teams/devon-ir-north/rota/add", lambda text: {"who": text, "from": "2026-11-25T08:00",
                                                                  "until": "2026-11-25T18:00", "step": "save"}),
    "person": ("/admin/people/new", lambda text: {"name": "Nora Inventling", "team": "devon-ir-north", "numbers": text}),
    "person's extension": ("/admin/people/new", lambda text: {"name": "Nora Inventling", "team": "devon-ir-north",
                                                              "extension": text}),
    "role": ("/admin/roles/new", lambda text: {"name": "Typed", "authority": "devon", "numbers": text}),
    "call-back": ("/desk/call-backs/new", lambda text: {"kind": "plain", "urgency": "normal", "line": "devon", "number": text}),
    "switchboard": ("/desk/bodies/cafcass/switchboard", lambda text: {"number": text, "why": "printed"}),
    "own phone": ("/desk/me", lambda text: {"phone": text, "lines": "devon", "status": "available"}),
}  # fmt: skip


def _form(path: str, fields: Callable[[str], dict[str, str]]) -> Callable[[Ground, Sequence[str]], Iterator[str]]:
    def enter(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
        browser = ground.browser
        version, token = SEEN.search(browser.opens(path).get_data(as_text=True)), ground.token
        known = {"seen": version[1] if version else "", "csrf_token": token}
        for text in texts:
            reply = browser.sends_bare(path, {**fields(text), **known})
            if reply.status_code not in REFUSED and not (path == NEW_PERSON and EXTENSION.fullmatch(text)):
                yield f"the form {path} takes {text!r}: {reply.status_code}"

    return enter


def _sheet(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """The page for files: what it would not write it shows with the row, and it writes nothing."""
    browser = ground.browser
    before, token = ground.admin.asks("/directory/versions?limit=1").get_json(), ground.token
    for text in texts:
        cell = text.replace('"', '""')
        file = f'authority,team,number\ndevon,Fresh,"{cell}"\n'.encode("utf-8", "replace")
        shown = browser.client.post("/admin/imports", data={"file": (io.BytesIO(file), "x.csv"), "csrf_token": token})
        carried = re.search(r'name="carried" value="([^"]+)"', shown.get_data(as_text=True))
        if carried and _written(ground, carried[1], token).status_code < 300:
            yield f"the page for files takes {text!r}"
    if ground.admin.asks("/directory/versions?limit=1").get_json() != before:
        yield "the page for files changed the directory"


def _written(ground: Ground, carried: str, token: str) -> TestResponse:
    return ground.browser.sends_bare("/admin/imports/write", {"carried": carried, "sure": "yes", "csrf_token": token})


def _override(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    config = ground.stage.config
    ground.stage.application.publication.publish()
    settings = {"STATE_DIR": str(config.state), "DATABASE_URL": config.database_url, "SECRET_KEY": config.secret}
    shell = CliRunner(env={f"DUTYLINE_{name}": value for name, value in settings.items()})
    for text in texts:
        told = shell.invoke(
            dutyline, ["override", "--until", "tomorrow 9:00", "--", "devon", text.replace("\0", "\x01")]
        )
        if told.exit_code == 0:
            yield f"{text!r} stands in for a line"


def _settings(_: Ground, texts: Sequence[str]) -> Iterator[str]:
    """No setting is a number that is dialled: whatever stands in one, it is refused, or is no number of ours afterwards."""
    names = SETTING.findall((HOME / "docs" / "settings.md").read_text(encoding="utf-8"))
    assert len(names) > 20, names
    here = {name: value for name, value in os.environ.items() if not name.startswith(("DUTYLINE_", "TWILIO_"))}
    with TemporaryDirectory() as folder:
        for text in (text.replace("\0", "\x01") for text in texts):
            for name in (name for name in names if name != "DUTYLINE_STATE_DIR"):
                try:
                    config = config_from({**here, "DUTYLINE_STATE_DIR": folder, name: text})
                except ConfigError:
                    continue
                held = [getattr(config, field) for field in config.__dataclass_fields__ if field != "text_from"]
                if any(isinstance(one, Number) for one in held):
                    yield f"{name} makes a number of {text!r}"


DOORS = (
    *(Door(f"form: {name}", _form(*form), 4) for name, form in FORMS.items()),
    Door("form: file", _sheet, 8),
    Door("command line: override", _override, 8),
    Door("settings", _settings, 20),
)
