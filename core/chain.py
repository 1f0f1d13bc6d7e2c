"""The seals of the log's rows, and what they are made of. Nothing here asks the database.

A row is sealed with a key that the database does not know, as it is written: whoever changes the
table by hand cannot make the seal of another row. The chain of batches (core.models.AuditSeal)
then holds which rows there were. docs/adr/0056 says why it is two things.
"""

import hashlib
import hmac
import ipaddress
import json
import secrets
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

SEALED = (
    "at",
    "action",
    "actor",
    "job",
    "target_type",
    "target_id",
    "people",
    "detail",
    "request_id",
    "address",
)


def seal_row(row: Any) -> str:
    nonce = secrets.token_hex(8)  # no two rows have one seal, so that a copied row is found
    return f"{nonce}{_signed(_keys()[0], nonce, _content(row))}"


def is_genuine(row: Any) -> bool:
    nonce, given = row.seal[:16], row.seal[16:]
    content = _content(row)
    return any(hmac.compare_digest(given, _signed(key, nonce, content)) for key in _keys())


def digest_rows(rows: Any) -> str:
    """Of a batch, in the order of its rows' numbers."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(f"{row.pk} {row.seal} {_content(row)}\n".encode())
    return digest.hexdigest()


def link(*parts: Any) -> str:
    """The hash of a batch, over that of the batch before it and all that the batch says."""
    return _signed(_keys()[0], *map(str, parts))


def is_link(given: str, *parts: Any) -> bool:
    return any(hmac.compare_digest(given, _signed(key, *map(str, parts))) for key in _keys())


def _keys() -> list[bytes]:
    """The first one signs; rows that an earlier key signed stay genuine."""
    return [key.encode() for key in settings.AUDIT_KEYS]


def _signed(key: bytes, *parts: str) -> str:
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def _content(row: Any) -> str:
    """One text for what was given to the row and for what the database gives back."""
    values = [_plain(getattr(row, name)) for name in SEALED[:-1]]
    values.append(str(ipaddress.ip_address(row.address)) if row.address else None)
    if row.purpose or row.purpose_ref:  # columns that older rows have not
        values.append([row.purpose, row.purpose_ref])
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)  # jsonb does not tell 1e20 from its digits
    return value if value is None or isinstance(value, bool | int | float) else str(value)
