"""Where does a deployment keep what is its own? From the settings alone: what a start would make anew may have to come from a backup."""

from collections.abc import Mapping
from pathlib import Path

from admin import settings
from store.state_files import Place

BUNDLED = Path(__file__).parent.parent / "plans"


def place_from(environ: Mapping[str, str]) -> Place:
    """State folder, database, secret where it is given, and the plans folder where it is not the bundled one. Raises ConfigError."""
    state = settings.state_folder(settings.setting(environ, "DUTYLINE_STATE_DIR", "var"))
    url = settings.database_url(
        settings.setting(environ, "DUTYLINE_DATABASE_URL", f"sqlite:///{state / 'dutyline.db'}")
    )
    plans = settings.setting(environ, "DUTYLINE_PLANS_DIR")
    own = Path(plans) if plans and Path(plans).resolve() != BUNDLED.resolve() else None
    return Place(state, url, settings.setting(environ, "DUTYLINE_SECRET_KEY"), own)
