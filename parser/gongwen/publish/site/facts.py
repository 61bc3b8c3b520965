"""What the pages of other notices need of one: plain values, so that they can be kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import orjson

from gongwen.lexicon.divisions import division
from gongwen.model import Notice
from gongwen.publish.site.units import Assigned, Identity, acting, assigned


class Listed(NamedTuple):
    """A notice as a list shows it. ``issuers`` are joined by 、; ``level`` is that of the government that speaks (levels.… of strings.csv)."""

    id: str
    number: str | None
    title: str | None
    issuers: str
    issue_date: str | None
    tasks: int
    units: int
    kind: str | None
    level: str | None


class Facts(NamedTuple):
    """What the pages of other notices need of one: all plain values, so that they can be kept as JSON.

    ``citations`` are (id, document number, title); ``postings`` is the number of its entries in the index of the search.
    """

    listed: Listed
    plan: str | None
    citations: Sequence[tuple[str, str | None, str]]
    units: Sequence[Identity]
    duties: Sequence[Assigned]
    postings: int


def write_facts(notice: Notice, units: Mapping[str, Identity], postings: int) -> bytes:
    """The facts of a notice as JSON, for ``read_facts``."""
    actors = acting(notice, units)
    plan = notice.part("plan")
    number = notice.document_number.text if notice.document_number else None
    issuers = "、".join(issuer.name for issuer in notice.issuers)
    facts = [
        [
            notice.id,
            number,
            notice.title,
            issuers,
            notice.issue_date,
            len(notice.tasks),
            len(units),
            notice.kind,
            _level(notice),
        ],
        plan.title if plan else None,
        [
            [citation.id, citation.document_number.text if citation.document_number else None, citation.title]
            for citation in notice.citations
        ],
        list({unit.key: list(unit) for unit in chain(units.values(), *actors)}.values()),
        [list(duty) for duty in assigned(notice, units, actors)],
        postings,
    ]
    return orjson.dumps(facts)


def _level(notice: Notice) -> str | None:
    place = notice.jurisdiction
    return None if place is None else division(place.division).level if place.division else "central"


def read_facts(data: bytes) -> Facts:
    """The facts of a notice as ``write_facts`` wrote them."""
    listed, plan, citations, units, duties, postings = orjson.loads(data)
    return Facts(
        Listed._make(listed),
        plan,
        [tuple(citation) for citation in citations],
        [Identity._make(unit) for unit in units],
        [Assigned._make(duty) for duty in duties],
        postings,
    )
