"""What is wrong with a text that is not TOML, in plain words; the line itself reveals the most common mistakes."""

import re
from datetime import date

from sim.config.toml.toml_text import key_text

_PLAIN_WORDS = (
    ("Invalid value", "the value is missing or is none that TOML knows; a text needs quotes"),
    ("Expected '=' after a key", "expected key = value"),
    ("Expected newline or end of document", "something is left over after the value"),
    ("Cannot overwrite a value", "this key has a value already"),
    ("Duplicate inline table key", "a key is given twice in { ... }"),
    ("Cannot declare", "this table stands in the file already; put its keys together"),
    ("Cannot mutate immutable", "this table was closed where it was written { ... }; add the key there"),
    ("Illegal character '\\n'", "a text is not closed before the end of the line; a quote is missing"),
    ("Found invalid character '\\n'", "a text is not closed before the end of the line; a quote is missing"),
    ("Illegal character", "a character that no text may hold"),
    ("Found invalid character", "a character that no text may hold"),
    ('Expected "\'"', "a text is not closed; a quote is missing"),
    ("Unterminated string", "a text is not closed; a quote is missing"),
    ("Invalid hex value", r"a text in double quotes cannot hold a single \; write / or \\ instead"),
    ("Unescaped '\\'", r"a text in double quotes cannot hold a single \; write / or \\ instead"),
    ("Unclosed array", "a list [ ... is not closed; a ] is missing"),
    ("Unclosed inline table", "a table { ... is not closed; a } is missing"),
    ("Expected ']", "the name of a table is not closed; a ] is missing"),
    (
        "Invalid initial character for a key part",
        "expected a key here; write { ... } on one line, no comma last",
    ),
    ("Invalid date or datetime", "there is no such date or time"),
    ("Invalid statement", "expected key = value, a [table] or a # comment"),
)
"""How tomllib's messages begin, and what to say instead."""


_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
# Possessive ("*+"): what a part has matched it keeps, so that a long line is looked through only once.
_DAY_FIRST = re.compile(r"\s*+(\d\d?)[-./ ](\d\d?)[-./ ](\d{4})\s*+")
_YEAR_FIRST = re.compile(r"\s*+(\d{4})[-./ ](\d\d?)[-./ ](\d\d?)\s*+")
_VALUE = re.compile(r"=\s*+([^=\[{\"'#,]*+)(,\d+)?(?!=)")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[. '\u00a0\u202f]\d{3})++")
_PERCENT = re.compile(r"[-+]?[\d.]++\s*+%")
_WITH_UNIT = re.compile(r"[-+]?[\d.]++\s*+[^\W\d_]++")
_CAPITAL_FLAG = re.compile(r"(?:True|False|TRUE|FALSE)\b")
_KEY = re.compile(r"\s*+(\[{0,2}+)\s*+((?:[\w-]++\s*+\.?\s*+)++)(?==|\])")


def syntax_words(message: str, text: str) -> tuple[int, str]:
    """Say on which line (from 1) of a text, and in plain words, tomllib found what it says in `message`."""
    place = _PLACE.search(message)
    lines = text.rstrip("\n").split("\n")
    number = int(place[1]) if place and place[1] else len(lines)
    line = lines[min(number, len(lines)) - 1]
    hint = _of_the_value(line) or _of_the_key(line)
    if hint:
        return number, hint
    bare = _PLACE.sub("", message)
    for beginning, words in _PLAIN_WORDS:
        if bare.startswith(beginning):
            return number, words
    return number, f"not TOML: {bare}"


def iso_date(text: str) -> str:
    """Write a date in other notation, with the day or the year first, as TOML wants it; empty: it is none."""
    day_first, year_first = _DAY_FIRST.fullmatch(text), _YEAR_FIRST.fullmatch(text)
    try:
        if day_first:
            return date(int(day_first[3]), int(day_first[2]), int(day_first[1])).isoformat()
        if year_first:
            return date(*map(int, year_first.groups())).isoformat()
    except ValueError:
        pass
    return ""


def _of_the_value(line: str) -> str:
    """Recognise what other languages and notations write for a number, a date, or yes and no."""
    found = _VALUE.search(line)
    if found is None:
        return ""
    value, decimals = found[1].strip(), found[2] or ""
    written_date = iso_date(value)
    if written_date and written_date != value:
        return f"write a date as year-month-day: {written_date}"
    if not written_date and (_YEAR_FIRST.fullmatch(value) or _DAY_FIRST.fullmatch(value)):
        return f"there is no such date: {value}; write year-month-day"
    if _GROUPED.fullmatch(value) and (decimals or value.count(".") != 1):
        plain = re.sub(r"[. '\u00a0\u202f]", "", value) + decimals.replace(",", ".")
        return f"write a number without points or spaces between its thousands: {plain}"
    if decimals and re.fullmatch(r"[-+]?\d+", value):
        return f"write a decimal point, not a comma: {value}{decimals.replace(',', '.')}"
    if _PERCENT.match(value):
        return "write a share of 1, not per cent: 0.42 for 42 %"
    if _CAPITAL_FLAG.match(value):
        return "write true or false in small letters"
    if _WITH_UNIT.fullmatch(value):
        return "write the number alone; its unit stands in the name of the key"
    return ""


def _of_the_key(line: str) -> str:
    """Recognise a name with letters that TOML wants in quotes."""
    found = _KEY.match(line)
    if found is None or found[2].isascii():
        return ""
    key = key_text(tuple(part.strip() for part in found[2].split(".") if part.strip()))
    close = "]" * len(found[1])
    return f"a name with other letters than a-z needs quotes: {found[1]}{key}{close}"
