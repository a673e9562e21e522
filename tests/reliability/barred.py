"""Which texts must never be rung, whoever enters them where? Drawn by kind, and an oracle of what may be, by the numbering plan alone."""

import re
from collections.abc import Callable, Mapping
from random import Random

import phonenumbers

CARIBBEAN = ("242", "246", "264", "268", "284", "345", "441", "473", "649", "664", "721", "758", "767", "784", "787", "809",
             "829", "849", "868", "869", "876", "939")  # fmt: skip
SATELLITE = ("870", "8816", "8818", "88216", "88213", "88233", "88299", "88310", "979", "800", "808", "878", "888")
ISLANDS = (
    "01481",
    "01534",
    "01624",
    "07781",
    "07839",
    "07911",
    "07797",
    "07829",
    "07937",
    "07624",
    "07924",
    "07509",
    "077003",
)
SHORT = ("999", "112", "101", "111", "105", "119", "100", "118", "123", "141", "147", "150", "155", "192", "195", "1470", "1471",
         "1572", "18000", "116000", "116123", "116117", "118118", "118500", "911", "000", "17070", "*21*", "#31#", "*#06#")  # fmt: skip
HOSTS = ("evil.example", "127.0.0.1", "pbx.example:5061")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BEHIND = (
    ",,9", ",1", ";ext=12", "x12", " ext 7", "#4", "w9", "ww1234", "p1", ";postd=99", ";isub=1", "*5", ",{bad}", "/{bad}", ";{bad}",
    " {bad}", "\n{bad}", "\t9", "&Digits=9", "</Number><Number>{bad}", '"/>', "'", "\0", "\u200b9", "\u202e", "%2C9", "?sendDigits=9",
)  # fmt: skip
BEFORE = ("141", "1470", "141 ", "1470w", "18000", "18001 ", "18002", "1280", "132", "9,", "9w", "*31#", "#31#", "tel:", "TEL:+", "callto:",
          "sip:", "client:", "+", "++44", "0000")  # fmt: skip
MAY_BE_RUNG = re.compile(
    r"\+44(?:1(?!481|534|624)\d{8,9}|2[0348]\d{8}|3[0347]\d{8}|7(?![06])(?!624|509|781|797|829|839|937|911[28]|924)\d{9}|80[08]\d{6,7}"
    r"|800\d{4})"
)
"""Ours, by Ofcom's plan: geographic, 03, mobile without the islands, personal numbers and pagers, freephone; Childline is 0800 1111."""


EXTENSION = re.compile("[0-9]{4}")


def may_be_rung(e164: str) -> bool:
    """Whether the plan alone lets this be dialled; asked of nobody whose word is being tested."""
    return MAY_BE_RUNG.fullmatch(e164) is not None


def barred(size: int, seed: int) -> tuple[str, ...]:
    """So many different texts, of every kind in turn. Four digits are left out: Devon's rule makes an extension of them."""
    dice, found = Random(seed), dict[str, None]()  # dice
    while len(found) < size:
        for kind in KINDS.values():
            text = kind(dice)
            if not EXTENSION.fullmatch(text):
                found.setdefault(text)
    return tuple(found)[:size]


def _digits(dice: Random, many: int) -> str:
    return "".join(dice.choices("0123456789", k=many))


def _premium(dice: Random) -> str:
    return _spelt(dice, f"09{dice.choice('0189')}{_digits(dice, 8)}")


def _personal(dice: Random) -> str:
    return _spelt(dice, f"070{_digits(dice, 8)}")


def _pager(dice: Random) -> str:
    return _spelt(dice, f"076{dice.choice('0134568')}{_digits(dice, 7)}")


def _shared(dice: Random) -> str:
    return _spelt(dice, f"08{dice.choice(('43', '44', '45', '70', '71', '72', '73'))}{_digits(dice, 7)}")


def _corporate(dice: Random) -> str:
    return _spelt(dice, f"05{dice.choice('56')}{_digits(dice, 8)}")


def _island(dice: Random) -> str:
    begins = dice.choice(ISLANDS)
    return _spelt(dice, begins + ("1" if begins == "07911" else "") + _digits(dice, 11 - len(begins)))[:40]


def _satellite(dice: Random) -> str:
    return dice.choice(("+", "00", "+ ", "0 0 ")) + dice.choice(SATELLITE) + _digits(dice, dice.choice((7, 8, 9)))


def _caribbean(dice: Random) -> str:
    return (
        dice.choice(("+1", "001", "+1 ", "00 1 ")) + dice.choice(CARIBBEAN) + dice.choice("23456789") + _digits(dice, 6)
    )


def _abroad(dice: Random) -> str:
    """An example of any region and kind that the library knows, but for our own; it only says what a number there looks like."""
    regions = sorted(phonenumbers.SUPPORTED_REGIONS - {"GB", "GG", "IM", "JE"})
    kinds = [number for number in range(11) if number != phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE]
    while True:
        number = phonenumbers.example_number_for_type(dice.choice(regions), dice.choice(kinds))
        if number:
            text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
            return text if dice.random() < 0.5 else text.replace("+", "00").replace(" ", "")


def _short(dice: Random) -> str:
    text = dice.choice(SHORT)
    return dice.choice((text, " ".join(text), f"+44{text}", f"0{text}", f"{text}#", f"{text}{_digits(dice, 2)}"))


def _address(dice: Random) -> str:
    who = dice.choice((_good(dice), _digits(dice, 5), "duty", "ops+1", "*"))
    return f"{dice.choice(('sip:', 'sips:', 'client:', 'SIP:', 'whatsapp:', 'tel:', 'im:', 'http://'))}{who}@{dice.choice(HOSTS)}"


def _good(dice: Random) -> str:
    return f"+442079460{_digits(dice, 3)}"


def _behind(dice: Random) -> str:
    return _good(dice) + dice.choice(BEHIND).format(bad=_premium(dice))


def _before(dice: Random) -> str:
    return dice.choice(BEFORE) + dice.choice((_good(dice), "02079460" + _digits(dice, 3), _premium(dice)))


def _long(dice: Random) -> str:
    return dice.choice(("", "+44", "0", "+")) + _digits(dice, dice.choice((17, 20, 29, 31, 64, 199)))


def _spelt(dice: Random, national: str) -> str:
    """One number in the spellings by which somebody may try to get it past a rule."""
    rest = national[1:]
    spelling = dice.randrange(14)
    split = dice.randrange(2, len(rest))
    return (
        national, f"+44{rest}", f"0044{rest}", f"+44(0){rest}", f"+44 (0) {rest}", f"00 44 (0){rest}", " ".join(national),
        f"{rest[:split]} {rest[split:]}", f"({national[:4]}) {national[4:]}", "-".join((national[:5], national[5:])),
        national.translate(WIDE), f"+44{rest}".translate(ARABIC), f"+44{rest[:split]}\u200b{rest[split:]}", f"+44{national}",
    )[spelling]  # fmt: skip


KINDS: Mapping[str, Callable[[Random], str]] = {
    "premium": _premium, "personal": _personal, "pager": _pager, "084 and 087": _shared, "055 and 056": _corporate,
    "islands": _island, "satellite": _satellite, "caribbean": _caribbean, "abroad": _abroad, "short": _short, "address": _address,
    "something behind": _behind, "something before": _before, "long": _long,
}  # fmt: skip
