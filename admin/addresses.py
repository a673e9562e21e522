"""How is a page's address made from its name? Worked out when somebody first asks for it: a site has many and links to few."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from werkzeug.routing import Rule


class Address(Rule):
    """A route that is ready to be matched at once. Werkzeug compiles the way back, too, which is most of a site's start."""

    def _compile_builder(
        self,
        append_unknown: bool = True,  # noqa: FBT001, FBT002  # werkzeug's own signature
    ) -> Callable[..., tuple[str, str]]:
        compiled = cache(partial(super()._compile_builder, append_unknown))

        def built(rule: Rule, /, **values: Any) -> tuple[str, str]:
            return compiled()(rule, **values)

        return built
