"""How is the golden file of findings written? ``python -m tests.directory.findings_told`` writes it anew; then read the difference
as an admin would."""

from hashlib import sha256
from pathlib import Path

from cli.check_told import Checked, told
from ivr.lint import findings
from ivr.moment import World
from store.bundle import bundle, world_of
from tests.telling import at

GOLDEN = Path(__file__).parent / "findings.txt"
PLANS = Path(__file__).parents[2] / "plans"


def bundled() -> World:
    """The bundled plans without the samples."""
    return world_of(bundle((PLANS,)), (PLANS,), lambda text: sha256(text.encode()).hexdigest())


def findings_told() -> str:
    """What an admin reads about the bundled plans on a Wednesday of the tests' week."""
    return told(Checked((), findings(bundled(), at("Wed 10:00")))) + "\n"


if __name__ == "__main__":
    GOLDEN.write_text(findings_told(), encoding="utf-8")
