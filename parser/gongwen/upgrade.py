"""Records of schema 1 in the shape of schema 2, as far as they go.

What the older version didn't say is empty or null. A record that isn't valid comes out as it may: whoever reads it says where
it is wrong. schema/from-1.0-to-2.0.md describes the changes.
"""

from __future__ import annotations

from typing import Any

from gongwen import schemas
from gongwen.lexicon import dimensions


def upgraded(record: Any) -> Any:
    """``record``, a notice as parsed JSON, in the shape of schema 2; the same object unless it follows schema 1."""
    version = record.get("schema_version") if isinstance(record, dict) else None
    if not isinstance(version, str) or not version.startswith("1."):
        return record
    plan = record.get("plan")
    plan = plan if isinstance(plan, dict) else None
    record = {("parts" if name == "plan" else name): value for name, value in record.items()}
    record["schema_version"] = "2.0.0"
    record["parts"] = _parts(record, plan)
    for name in ("sections", "tasks"):
        if isinstance(record.get(name), list):
            record[name] = [_in_part(item, plan) for item in record[name]]
    if isinstance(record.get("targets"), list):
        record["targets"] = [_target(target) for target in record["targets"]]
    for name, more in (("tasks", _TASK), ("targets", _DUE)):
        if isinstance(record.get(name), list):
            record[name] = [{**more, **item} if isinstance(item, dict) else item for item in record[name]]
    for name in ("issuers", "recipients", "citations"):
        if isinstance(record.get(name), list):
            record[name] = [_without_organ(item) for item in record[name]]
    if isinstance(record.get("tasks"), list):
        record["tasks"] = [_with_units(task) for task in record["tasks"]]
    if isinstance(record.get("units"), list):
        record["units"] = [_unit(unit) for unit in record["units"]]
    record.setdefault("jurisdiction", None)
    if isinstance(record.get("citations"), list):
        record["citations"] = [_citation(cited) for cited in record["citations"]]
    if isinstance(record.get("findings"), list):
        record["findings"] = [_finding(found) for found in record["findings"]]
    if isinstance(record.get("repairs"), list):
        record["repairs"] = [
            {"evidence_zh": None, **repair} if isinstance(repair, dict) else repair for repair in record["repairs"]
        ]
    record.setdefault("duties", [])
    record.setdefault("field_corrections", [])
    record.setdefault("tables", [])
    record.setdefault("coverage", None)
    if isinstance(record.get("effective"), dict):
        record["effective"] = _effective(record["effective"])
    return record


# What schema 1 did not say of deadlines, and of the links of a task.
_DUE: dict[str, Any] = {"due_on": None, "deadline_rule": None}
_TASK: dict[str, Any] = {
    **_DUE,
    "deadline_spans": [],
    "recurrence": None,
    "milestones": [],
    "measures": [],
    "target_ids": [],
    "citation_ids": [],
}


def _parts(record: dict[str, Any], plan: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The letter, up to the plan; the plan, to the end: schema 1 knew no other part, and not where one ends."""
    length = _get(record, "source", "characters") or 0
    begin = _get(plan, "title_span", "start")
    letter = _part("part-1", "letter", 0, length if begin is None else begin)
    letter["title"], letter["title_spans"] = record.get("title"), _listed(_get(record, "spans", "title"))
    if plan is None or begin is None:
        return [letter]
    issued = _part("part-2", "plan", begin, length)
    issued["title"], issued["title_spans"] = plan.get("title"), _listed(plan.get("title_span"))
    issued["preamble"], issued["preamble_spans"] = plan.get("preamble"), _listed(plan.get("preamble_span"))
    return [letter, issued]


def _part(id: str, kind: str, start: int, end: int) -> dict[str, Any]:
    return {
        "id": id,
        "kind": kind,
        "title": None,
        "preamble": None,
        "closing": None,
        "period": None,
        "span": {"start": start, "end": end},
        "title_spans": [],
        "preamble_spans": [],
        "closing_spans": [],
    }


def _in_part(item: Any, plan: dict[str, Any] | None) -> Any:
    """A section or a task, with the part that it stands in."""
    if not isinstance(item, dict):
        return item
    spans = item.get("spans") or item.get("clause_spans")
    place = item.get("span") or (spans[0] if isinstance(spans, list) and spans else None)
    start, begin = _get(place, "start"), _get(plan, "title_span", "start")
    below = isinstance(start, int) and isinstance(begin, int) and start >= begin
    return {"id": item.get("id"), "part_id": "part-2" if below else "part-1", **item}


def _effective(effective: dict[str, Any]) -> dict[str, Any]:
    dated = effective.get("start") or effective.get("end")
    span = effective.get("span")
    return {
        **{name: value for name, value in effective.items() if name != "span"},
        "rule": "stated" if dated else "open",
        "span": span,
        "spans": _listed(span),
    }


def _citation(cited: Any) -> Any:
    """A citation whose mentions were spans."""
    if not isinstance(cited, dict) or not isinstance(cited.get("mentions"), list):
        return cited
    mentions = [{"span": span, "section_id": None, "task_id": None} for span in cited["mentions"]]
    return {**cited, "mentions": mentions}


def _target(target: Any) -> Any:
    """A target, whose comparator said in one word which way the goal goes and how its number bounds it."""
    if not isinstance(target, dict):
        return target
    comparator, task_id, value, unit = (target.get(name) for name in ("comparator", "task_id", "value", "unit"))
    way, _, change = str(comparator).partition("_")
    moves = way in ("increase", "decrease")
    amount = None
    if isinstance(value, str):
        try:
            number, most, plain = dimensions.plain(value, target.get("value_max"), unit)
            amount = {"number": number, "number_max": most, "unit": plain}
        except (ArithmeticError, TypeError, ValueError):  # a record that isn't valid stays as it is
            amount = None
    return {
        "direction": way if moves else None,
        "change": change if moves else None,
        "bound": None if moves else comparator,  # a comparator of change lost it
        "amount": amount,
        "baseline": None,
        "strength": "required",
        "scope": None,
        "probability": None,
        "deadline_spans": [],
        "wordings": [],
        "task_ids": [task_id] if task_id else [],
        "value_span": None,
        **{name: value for name, value in target.items() if name not in ("comparator", "task_id")},
    }


def _without_organ(item: Any) -> Any:
    return {"organ_id": None, **item} if isinstance(item, dict) else item


def _with_units(task: Any) -> Any:
    if not isinstance(task, dict) or not isinstance(task.get("responsible_units"), list):
        return task
    return {**task, "responsible_units": [_without_organ(unit) for unit in task["responsible_units"]]}


def _unit(unit: Any) -> Any:
    """A unit, which had one name and no id over all notices."""
    if not isinstance(unit, dict):
        return unit
    return {"organ_id": None, "spellings": [{"name": unit.get("name"), "spans": unit.get("spans")}], **unit}


def _finding(found: Any) -> Any:
    """A finding, with the title of its code for a message in Chinese."""
    if not isinstance(found, dict):
        return found
    title = _get(schemas.codelist("finding_codes"), str(found.get("code")), "title_zh") or found.get("message")
    return {"message_zh": title, "params": {}, **found}


def _listed(span: Any) -> list[Any]:
    return [] if span is None else [span]


def _get(node: Any, *names: str) -> Any:
    """The value at a path of names; None where there is none."""
    for name in names:
        node = node.get(name) if isinstance(node, dict) else None
    return node
