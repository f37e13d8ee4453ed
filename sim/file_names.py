"""Names for files and folders, safe on every platform, made of the names that people give to what they run.

A config, a variant or an experiment may be called anything: its name comes from a file that somebody else may have
written. As a part of a path it must not leave the folder, be hidden, be a device of Windows, or be one file with
another name that differs only in capitals.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

LONGEST = 120
"""Letters: Windows allows 260 in the whole path of a file."""

_SAFE = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.+-]*[A-Za-z0-9_+-])?")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_DIGITS = 8
_LONG_DIGITS = 32
_MADE = re.compile(rf".*-[0-9a-f]{{{_DIGITS}}}([0-9a-f]{{{_LONG_DIGITS - _DIGITS}}})?")
"""What a name ends in that `file_name` has made."""
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "ß": "ss"})
_OTHERS = re.compile(r"[^A-Za-z0-9_]+")


def is_safe(name: str) -> bool:
    """Whether a name can stand in a path as it is, on every platform."""
    return len(name) <= LONGEST and _SAFE.fullmatch(name) is not None and _DEVICE.fullmatch(name) is None


def file_name(name: str) -> str:
    """Make a name for a file or a folder: the name itself if it is safe.

    Otherwise its letters and digits, and a digest of the whole, so that two names never get the same. The same name
    always gets the same.

    Parameters
    ----------
    name
        Any text.
    """
    return name if is_safe(name) and not _MADE.fullmatch(name) else marked(name, name)


def file_names(names: Sequence[str]) -> list[str]:
    """Make a file name of each of several different names, no two the same where capitals do not count."""
    made = [file_name(name) for name in names]
    folded = [one.casefold() for one in made]
    return [
        one if folded.count(one.casefold()) == 1 else marked(name, name, _LONG_DIGITS)
        for name, one in zip(names, made, strict=True)
    ]


def marked(text: str, of: str, digits: int = _DIGITS) -> str:
    """Write what can be read of a text in a file name, and a digest of what it stands for.

    Parameters
    ----------
    text
        To be read.
    of
        What the digest is of.
    digits
        Length of the digest.
    """
    composed = unicodedata.normalize("NFC", text).translate(_LETTERS)
    letters = unicodedata.normalize("NFKD", composed).encode("ascii", "ignore").decode()
    readable = _OTHERS.sub("-", letters).strip("-")[: LONGEST - digits - 1].rstrip("-")
    # Names of files need not be UTF-8; their odd bytes are halves of characters here.
    digest = hashlib.sha256(of.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
    return f"{readable or 'name'}-{digest}"
