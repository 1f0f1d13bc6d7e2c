"""Readers of the environment: a value that cannot be read stops the start and names its variable."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    given = text(name, str(default)).lower()
    if given not in words:
        raise ImproperlyConfigured(f"{name} is “{given}”: write true or false.")
    return words[given]


def number(name: str, default: int) -> int:
    given = text(name, str(default))
    if not given.isdecimal():
        raise ImproperlyConfigured(f"{name} is “{given}”: write a whole number.")
    return int(given)


def address(name: str, *, secure: bool) -> str:
    """Of another service; `secure`: what it says is believed because it came over TLS."""
    given = text(name)
    if given and secure and not given.startswith("https://"):
        raise ImproperlyConfigured(f"{name} is “{given}”: write an address with https://.")
    return given


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def kept_secret(file: Path) -> str:
    """The key in `file`; the first process to ask makes it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            half = file.with_name(f"{file.name}.{os.getpid()}")
            half.touch(mode=0o600)
            half.write_text(secrets.token_urlsafe(64))
            try:
                os.link(half, file)  # fails where another process was first
            except FileExistsError:
                pass
            finally:
                half.unlink()
        return file.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"SECRET_KEY is not set, and none can be kept in {file} ({error.strerror})."
        ) from error
