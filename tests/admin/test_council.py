"""The council's colour: worn by every page through a style sheet of its own, and refused where white text on it cannot be read."""

from dataclasses import replace
from pathlib import Path

import pytest

from admin.council import ColourError, colour_from, contrast_with_white
from app import Application, Config, ConfigError, build, config_from, prepare
from routing.clock import FixedClock
from tests.admin.visitor import visitor
from tests.telling import at


@pytest.mark.parametrize(("given", "worn"), [("", "#12436d"), ("#003300", "#003300"), ("#A11", "#aa1111")])
def test_a_colour_is_read(given: str, worn: str) -> None:
    assert colour_from(given) == worn


@pytest.mark.parametrize("given", ["blue", "#12", "#12345g", "12436d", "#12436d;}", "#777777", "#ff0", "#fff"])
def test_a_colour_that_is_none_or_too_pale_is_refused_with_value_and_remedy(given: str) -> None:
    with pytest.raises(ColourError, match=f"“{given}”"):
        colour_from(given)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert round(contrast_with_white("#000000"), 1) == 21.0
    assert round(contrast_with_white("#767676"), 2) == 4.54
    assert round(contrast_with_white("#777777"), 2) == 4.48


def test_the_setting_is_named_where_it_is_refused(tmp_path: Path) -> None:
    environ = {"DUTYLINE_STATE_DIR": str(tmp_path), "DUTYLINE_COLOUR": "#ff0"}
    with pytest.raises(ConfigError, match=r"DUTYLINE_COLOUR: .*1\.0 to 1; choose a darker colour"):
        config_from(environ)
    assert config_from({**environ, "DUTYLINE_COLOUR": "#552200"}).colour == "#552200"


def test_every_page_wears_it_and_writes_no_style(config: Config) -> None:
    clock, worn = FixedClock(at("Wed 10:00")), replace(config, colour="#552200")
    prepare(worn, clock)
    built = build(worn, clock)
    somebody = visitor(built)
    sheet = somebody.opens("/council.css")
    assert "#552200" in sheet.get_data(as_text=True)
    assert somebody.opens("/council.css", **{"If-None-Match": sheet.headers["ETag"]}).status_code == 304
    for path in ("/", "/admin/sign-in"):
        page = somebody.opens(path)
        assert 'href="/council.css"' in page.get_data(as_text=True)
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
        assert "<style" not in page.get_data(as_text=True)
        assert " style=" not in page.get_data(as_text=True)
    built.close()


def test_ours_is_the_default(application: Application) -> None:
    assert "#12436d" in visitor(application).opens("/council.css").get_data(as_text=True)
