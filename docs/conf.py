"""How is the documentation made into a site? `make site` builds it; what the code knows is asked of the code (docs/ext)."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

project = "Dutyline"
extensions = ["myst_parser", "ext.navigation", "ext.reference", "ext.drawings", "ext.accessible"]
exclude_patterns = ["ext"]
language = "en-GB"

myst_heading_anchors = 4
"""The anchors that a git host makes, so that one link leads to the same place in both."""

html_theme = "furo"
html_title = "Dutyline"
html_static_path = ["ext/static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#12436d", "color-brand-content": "#12436d"},
    "dark_css_variables": {"color-brand-primary": "#8ec5ff", "color-brand-content": "#8ec5ff"},
}
