"""A JSON Patch (RFC 6902) that turns the JSON of the old notice into that of the new one, exactly.

Arrays are aligned by their equal elements (longest common subsequence); elements that stand between the same neighbours are
patched inside. Each operation holds when those before it are done, from the first to the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from rapidfuzz.distance import Indel

from gongwen.compare.render import Comparison

Operation = dict[str, Any]

_TABLE = 16_000_000  # elements of both arrays, multiplied, up to which they are aligned


def render(comparison: Comparison) -> str:
    """The patch of what the records say; where it stands in the sources (spans) is left out, unless ``comparison`` asks for it."""
    records = comparison.old_record, comparison.new_record
    old, new = records if comparison.with_spans else map(_without_spans, records)
    operations = list(patch(old, new))
    return orjson.dumps(operations, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _without_spans(value: Any) -> Any:
    """A record without the places in the source, which are others in any other copy."""
    if isinstance(value, dict):
        return {
            key: _without_spans(part)
            for key, part in value.items()
            if not (key in ("span", "spans") or key.endswith(("_span", "_spans")))
        }
    return [_without_spans(part) for part in value] if isinstance(value, list) else value


def patch(old: Any, new: Any, path: str = "") -> Iterator[Operation]:
    """The operations that turn ``old`` into ``new``, two JSON values; ``path`` is the JSON Pointer to them."""
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _patch_object(old, new, path)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _patch_array(old, new, path)
    elif type(old) is not type(new) or old != new:  # 1, 1.0 and true are equal to Python, but not to JSON
        yield {"op": "replace", "path": path, "value": new}


def _patch_object(old: dict[str, Any], new: dict[str, Any], path: str) -> Iterator[Operation]:
    for key in old:
        if key not in new:
            yield {"op": "remove", "path": f"{path}/{_escaped(key)}"}
    for key, value in new.items():
        if key in old:
            yield from patch(old[key], value, f"{path}/{_escaped(key)}")
        else:
            yield {"op": "add", "path": f"{path}/{_escaped(key)}", "value": value}


def _patch_array(old: list[Any], new: list[Any], path: str) -> Iterator[Operation]:
    grown = 0  # by how much the array is longer than ``old`` after the operations so far
    for start, end, other_start, other_end in _unlike(old, new):
        both = min(end - start, other_end - other_start)
        for step in range(both):
            yield from patch(old[start + step], new[other_start + step], f"{path}/{start + step + grown}")
        for _ in range(start + both, end):
            yield {"op": "remove", "path": f"{path}/{start + both + grown}"}
        for at in range(other_start + both, other_end):
            yield {"op": "add", "path": f"{path}/{at}", "value": new[at]}
        grown += (other_end - other_start) - (end - start)


def _unlike(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches between equal elements, as offsets in both arrays."""
    keys = [[orjson.dumps(element, option=orjson.OPT_SORT_KEYS) for element in side] for side in (old, new)]
    if len(old) * len(new) > _TABLE:
        yield 0, len(old), 0, len(new)
        return
    start = other = 0
    for code in Indel.opcodes(*keys):
        if code.tag == "equal":
            if (start, other) != (code.src_start, code.dest_start):
                yield start, code.src_start, other, code.dest_start
            start, other = code.src_end, code.dest_end
    if (start, other) != (len(old), len(new)):
        yield start, len(old), other, len(new)


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
