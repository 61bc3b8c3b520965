"""Notices as Akoma Ntoso 3.0 (OASIS LegalDocML), for tools that work with legal texts.

A notice is a ``doc``: it is no legislation, so ``act`` would be wrong. The plan that it issues and its annexes are
attachments. Every line of the published text stands in it once and in order, without the furniture and the data of the
web page. Akoma Ntoso has no model of a task with its units: a unit is marked where it stands, its role as class.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from gongwen import publish
from gongwen.publish import Entry
from gongwen.publish.akoma_ntoso.body import Body
from gongwen.publish.akoma_ntoso.lines import Part, parts
from gongwen.publish.akoma_ntoso.marks import Marked
from gongwen.publish.akoma_ntoso.meta import meta
from gongwen.publish.akoma_ntoso.names import NAMESPACE, element

ATTACHMENT = "附件"
UNKNOWN_KIND = "公文"
_NAMESPACES: Any = {None: NAMESPACE}  # the stubs of lxml know no default namespace


def prepare(entry: Entry) -> publish.Part:
    """akn/<id>.xml."""
    content = etree.tostring(document(entry), xml_declaration=True, encoding="UTF-8") + b"\n"
    return publish.Part({f"akn/{entry.notice.id}.xml": content})


def document(entry: Entry) -> etree._Element:
    """The notice as an Akoma Ntoso document. A line of the text ends in a line feed behind its element."""
    marked = Marked(entry)
    letter, *attached = parts(entry)
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap=_NAMESPACES)
    root.text = "\n"
    doc = _doc(root, entry, marked, letter, "")
    if attached:
        attachments = element(doc, "attachments", "\n")
        for number, part in enumerate(attached, 1):
            attachment = element(attachments, "attachment", "\n", eId=f"att_{number}")
            _doc(attachment, entry, marked, part, f"att_{number}")
    return root


def _doc(parent: etree._Element, entry: Entry, marked: Marked, part: Part, component: str) -> etree._Element:
    name = ATTACHMENT if component else entry.notice.kind or UNKNOWN_KIND
    doc = element(parent, "doc", "\n", name=name)
    meta(doc, entry, component)
    body = Body(entry, marked, f"{component}__" if component else "")
    body.blocks(doc, "preface", part.preface)
    body.main(doc, part.body)
    body.blocks(doc, "conclusions", part.conclusions)
    return doc
