"""The name that a file came with, as far as it may be shown: nothing is ever opened by it."""

import re
import unicodedata

LONGEST = 100  # letters before the ending
FORBIDDEN = re.compile(r'[<>:"/\\|?*%\x00-\x1f\x7f]')
# What Windows takes for a device.
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")
HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn"}  # controls, and marks that turn the reading direction round


def ending_of(name: str) -> str:
    """In small letters, without its dot; nothing where there is none."""
    stem, dot, ending = _last_part(name).rpartition(".")
    return ending.strip().lower() if dot and stem else ""


def shown_name(name: str, ending: str) -> str:
    """The last part without its ending, cleaned, and with the ending that the content has."""
    stem = _last_part(name)
    if ending_of(name):
        stem = stem.rpartition(".")[0]
    stem = " ".join(stem.split()).strip(" .")[:LONGEST].rstrip(" .")
    if not stem or RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"document {stem}".strip()
    return f"{stem}.{ending}"


def _last_part(name: str) -> str:
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if unicodedata.category(one) in HIDDEN else one for one in text)
    return FORBIDDEN.sub(" ", seen).strip()
