"""What does an application not make anew that another of its process has made, and what does it put off until it is asked?"""

from jinja2 import DictLoader, Environment
from werkzeug.routing import Map

from admin.addresses import Address
from admin.console.compiled import Compiled


def said(pages: Compiled, words: str) -> str:
    return (
        Environment(loader=DictLoader({"page": words}), bytecode_cache=pages, autoescape=True)
        .get_template("page")
        .render()
    )


def test_a_page_is_compiled_once_for_all_applications_and_anew_when_it_was_changed() -> None:
    pages = Compiled()
    assert [said(pages, words) for words in ("one {{ 1 }}", "one {{ 1 }}", "two")] == ["one 1", "one 1", "two"]
    assert len(pages._made) == 2


def test_an_address_is_made_from_a_name_with_all_its_parts() -> None:
    rules = Map([Address("/calls/<sid>/legs/<int:leg>", endpoint="leg"), Address("/", endpoint="front")])
    here = rules.bind("localhost")
    assert here.build("leg", {"sid": "CA 1", "leg": 2, "rule": "a&b"}) == "/calls/CA%201/legs/2?rule=a%26b"
    assert [here.build("front"), here.build("front")] == ["/", "/"]
    assert here.match("/calls/CA1/legs/2") == ("leg", {"sid": "CA1", "leg": 2})
