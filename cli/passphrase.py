"""By which passphrase is a backup sealed and opened? The first line of a file, which nobody else may read."""

from pathlib import Path

import click

LEAST = 12


class _Passphrase(click.ParamType[str]):
    """A file's first line."""

    name = "file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The passphrase."""
        if not value:
            return ""
        try:
            found = Path(str(value)).read_text(encoding="utf-8").partition("\n")[0].strip()
        except (OSError, UnicodeDecodeError) as fault:
            self.fail(f"{value} cannot be read ({fault}).", param, ctx)
        if len(found) < LEAST:
            self.fail(
                f"the first line of {value} has fewer than {LEAST} characters; give a longer passphrase.", param, ctx
            )
        return found


passphrase_option = click.option(
    "--passphrase-file",
    "passphrase",
    type=_Passphrase(),
    default="",
    help="The file whose first line is the passphrase by which the backup is sealed.",
)
