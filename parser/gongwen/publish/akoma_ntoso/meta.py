"""The metadata of a document: its identity on the three levels of FRBR, its life, and what its text refers to."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongwen import schemas
from gongwen.model import Notice
from gongwen.publish import Entry, dataset
from gongwen.publish.akoma_ntoso.names import LANGUAGE, UNDATED, cited, element, organization, work
from gongwen.publish.epoch import build_time

PARSER = "parser"
UNKNOWN_AUTHOR = "unknown"


def meta(doc: etree._Element, entry: Entry, component: str) -> None:
    """Write the metadata of the notice, or those of its attachment ``component``."""
    around = element(doc, "meta", "\n")
    _identification(around, entry.notice, component)
    if not component:
        lifecycle = element(around, "lifecycle", "\n", source=f"#{PARSER}")
        date = entry.notice.issue_date or UNDATED
        element(lifecycle, "eventRef", date=date, source="#original", type="generation", eId="eref_1")
        references = element(around, "references", "\n", source=f"#{PARSER}")
        for name, attributes in _references(entry.notice):
            element(references, name, **attributes)


def _identification(around: etree._Element, notice: Notice, component: str) -> None:
    identification = element(around, "identification", "\n", source=f"#{PARSER}")
    date = {"date": notice.issue_date or UNDATED, "name": "成文日期"}
    author = notice.issuers[0].unit_id if notice.issuers else UNKNOWN_AUTHOR
    expression = f"{work(notice)}/{LANGUAGE}@{notice.issue_date or ''}"
    part = component or "main"

    level = _level(identification, "FRBRWork", f"{work(notice)}/!{part}", work(notice))
    if notice.document_number and not component:
        element(level, "FRBRalias", name="发文字号", value=notice.document_number.text)
    if notice.title and not component:
        element(level, "FRBRalias", name="标题", value=notice.title)
    element(level, "FRBRdate", **date)
    element(level, "FRBRauthor", href=f"#{author}")
    element(level, "FRBRcountry", value="cn")
    if notice.document_number and not component:
        element(level, "FRBRnumber", value=notice.id, showAs=notice.document_number.text)

    level = _level(identification, "FRBRExpression", f"{expression}/!{part}", expression)
    element(level, "FRBRdate", **date)
    element(level, "FRBRauthor", href=f"#{author}")
    element(level, "FRBRlanguage", language=LANGUAGE)

    level = _level(identification, "FRBRManifestation", f"{expression}/!{part}.xml", f"{expression}.akn")
    made = build_time()
    element(level, "FRBRdate", **({"date": made.date().isoformat(), "name": "生成日期"} if made else date))
    element(level, "FRBRauthor", href=f"#{PARSER}")


def _level(identification: etree._Element, name: str, this: str, uri: str) -> etree._Element:
    level = element(identification, name, "\n")
    element(level, "FRBRthis", value=this)
    element(level, "FRBRuri", value=uri)
    return level


def _references(notice: Notice) -> Iterator[tuple[str, dict[str, str]]]:
    """What the document refers to, each with the eId that its marks name."""
    yield (
        "original",
        {"href": f"{work(notice)}/{LANGUAGE}@{notice.issue_date or ''}", "showAs": "原文", "eId": "original"},
    )
    for unit in notice.units:
        names = {"showAs": unit.full_name, "shortForm": unit.name} if unit.full_name else {"showAs": unit.name}
        yield "TLCOrganization", {"href": organization(notice, unit), "eId": unit.id, **names}
    for code, row in schemas.codelist("roles").items():
        yield "TLCRole", {"href": f"/akn/ontology/role/cn/{code}", "showAs": row["title_zh"], "eId": f"role-{code}"}
    for citation in notice.citations:
        shown = citation.title or (citation.document_number.text if citation.document_number else citation.id)
        yield "TLCReference", {"href": cited(citation), "showAs": shown, "name": "citation", "eId": citation.id}
    yield (
        "TLCReference",
        {"href": f"/akn/ontology/software/{dataset.NAME}", "showAs": dataset.NAME, "name": "software", "eId": PARSER},
    )
    if not notice.issuers:
        yield "TLCConcept", {"href": "/akn/ontology/concept/unknown", "showAs": "未详", "eId": UNKNOWN_AUTHOR}
