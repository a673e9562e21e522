"""Is this TwiML, and what does it say?"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from telephone import grammar
from telephone.errors import Untaught
from telephone.transcript import Warned

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a document: its valid attributes, and its text and children in order.

    `base` is the document's URL, which relative links start from.
    """

    name: str
    base: str
    attributes: tuple[tuple[str, str], ...] = ()
    content: tuple["str | Element", ...] = ()

    @property
    def children(self) -> tuple["Element", ...]:
        """The elements inside, without the text between them."""
        return tuple(part for part in self.content if isinstance(part, Element))

    @property
    def text(self) -> str:
        """The text directly inside, trimmed."""
        return "".join(part for part in self.content if isinstance(part, str)).strip()

    def attribute(self, name: str, default: str) -> str:
        """An attribute's value; empty where it is present and empty."""
        return dict(self.attributes).get(name, default)

    def link(self, name: str) -> str | None:
        """The absolute URL in an attribute; None where it is absent or empty."""
        written = self.attribute(name, "").strip()
        return urljoin(self.base, written) if written else None


@dataclass(frozen=True, slots=True)
class Document:
    """A TwiML document that Twilio would execute: its verbs, and what its debugger would warn of."""

    url: str
    verbs: tuple[Element, ...]
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Not a TwiML document. (Twilio: api/errors/12100)"""

    reason: str
    code: int = 12100


def read(body: bytes, url: str) -> Document | Unreadable:
    """The document in a response body, read as strictly as Twilio does.

    Malformed XML, white space before the XML declaration, a root other than `Response` and elements that TwiML does
    not have make it `Unreadable`. Unknown attributes, wrong values and misplaced elements are warnings: Twilio goes on
    with the default, or without the element. Names are case sensitive. (Twilio: voice/twiml, api/errors/12200)
    """
    try:
        root = ET.fromstring(body)  # noqa: S314 - the standard library only; expat bounds entities, Twilio bounds bytes
    except (ET.ParseError, ValueError, LookupError) as fault:
        return Unreadable(f"not well-formed XML: {fault}")
    if root.tag != "Response":
        return Unreadable(f"the root is <{root.tag}>, not <Response>")
    return _document(root, url)


def _document(root: ET.Element, url: str) -> Document | Unreadable:
    known = grammar.ATTRIBUTES.keys() | grammar.UNTAUGHT
    for element in root.iter():
        if element.tag not in known:
            return Unreadable(f"TwiML has no <{element.tag}>")
    warnings: list[Warned] = []
    verbs = tuple(_element(verb, url, warnings) for verb in root)
    if _attributes(root, warnings) or (root.text or "").strip():
        warnings.append(Warned(12200, "<Response> takes neither attributes nor text"))
    return Document(url, verbs, tuple(warnings))


def _element(source: ET.Element, base: str, warnings: list[Warned]) -> Element:
    content = tuple(_content(source, base, warnings))
    return Element(source.tag, base, _attributes(source, warnings), content)


def _content(source: ET.Element, base: str, warnings: list[Warned]) -> Iterator[str | Element]:
    if source.text:
        yield source.text
    for child in source:
        if child.tag in grammar.UNTAUGHT and source.tag == "Dial":
            raise Untaught(f"this telephone does not know <{child.tag}> inside <Dial> yet")
        if child.tag in grammar.NESTS.get(source.tag, ()):
            yield _element(child, base, warnings)
        else:
            code = grammar.MISPLACED.get(source.tag, 12200)
            warnings.append(Warned(code, f"<{child.tag}> may not stand inside <{source.tag}>; skipped"))
        if child.tail:
            yield child.tail


def _attributes(source: ET.Element, warnings: list[Warned]) -> tuple[tuple[str, str], ...]:
    allowed = grammar.ATTRIBUTES.get(source.tag, {})
    kept = []
    for raw, value in source.items():
        name = "xml:lang" if raw == _XML_LANG else raw
        if name not in allowed:
            warnings.append(Warned(12200, f"<{source.tag}> has no attribute {name!r}"))
        elif not re.fullmatch(allowed[name], value):
            warnings.append(Warned(12200, f"<{source.tag} {name}> may not be {value!r}; the default is used"))
        else:
            kept.append((name, value))
    return tuple(kept)
