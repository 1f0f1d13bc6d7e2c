"""The OpenAPI document as the probes use it: which operation is at an address, and a body that it might take."""

import re
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

SAMPLES = {
    "date": "2021-01-10",
    "date-time": "2021-01-10T10:00:00Z",
    "time": "10:00",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "decimal": "1.0",
}
DEEPEST = 4


@cache
def document() -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return made


def operation(path: str, method: str) -> dict[str, Any]:
    """Of the most exact template that the path meets."""
    for template in sorted(document()["paths"], key=lambda one: one.count("{")):
        found: dict[str, Any] = document()["paths"][template]
        if method.lower() in found and re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), path):
            return dict(found[method.lower()])
    return {}


def filled(template: str) -> str:
    """With something in each place: a number, a word or a UUID, as its schema says."""
    parameters = next(iter(document()["paths"][template].values())).get("parameters", ())
    for each in parameters:
        if each["in"] == "path":
            value = {"integer": "1"}.get(
                each["schema"].get("type"), SAMPLES.get(each["schema"].get("format", ""), "A")
            )
            template = template.replace(f"{{{each['name']}}}", str(value))
    return template


def query_of(path: str) -> list[str]:
    told = operation(path, "get").get("parameters", ())
    return [each["name"] for each in told if each["in"] == "query"]


def body_of(path: str, method: str) -> Any:
    content = operation(path, method).get("requestBody", {}).get("content", {})
    return sample(content.get("application/json", {}).get("schema", {}))


def sample(schema: dict[str, Any], depth: int = 0) -> Any:
    """Something of that shape; a record that it names is the first of its kind."""
    schema = _resolved(schema)
    if "enum" in schema:
        return next((value for value in schema["enum"] if value), "")
    kind = schema.get("type")
    if kind == "object" or "properties" in schema:
        parts = schema.get("properties", {}) if depth < DEEPEST else {}
        return {
            name: sample(part, depth + 1)
            for name, part in parts.items()
            if not _resolved(part).get("readOnly")
        }
    if kind == "array":
        return [sample(schema["items"], depth + 1)]
    plain = {"integer": 1, "number": 1.5, "boolean": True}
    return plain.get(str(kind), SAMPLES.get(schema.get("format", ""), "A"))


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return dict(document()["components"]["schemas"][name])
    for many in ("allOf", "oneOf", "anyOf"):
        if many in schema:
            return _resolved(schema[many][0]) | {k: v for k, v in schema.items() if k != many}
    return schema
