"""Names in Akoma Ntoso: its namespace, the addresses (IRIs) of documents and organizations, elements.

Addresses follow the naming convention, /akn/{country}/{type}/{date}/{number}. The number is the notice's id. A division
(cn-341202) would be a code of GB/T 2260 where the convention has ISO 3166-2, which ends at the provinces, so there is none.
"""

from __future__ import annotations

from urllib.parse import quote

from lxml import etree

from gongwen.model import Citation, Notice, Unit
from gongwen.publish.xml import clean

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LANGUAGE = "zho"
UNDATED = "0001-01-01"
"""Stands where the schema demands a date and there is none."""


def element(parent: etree._Element, name: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    """A new last child of ``parent``, and a line feed after it."""
    child = inline(parent, name, attributes)
    child.text = text
    child.tail = "\n"
    return child


def inline(parent: etree._Element, name: str, attributes: dict[str, str]) -> etree._Element:
    """A new last child of ``parent`` within its line."""
    cleaned = {key: clean(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", cleaned)


def _segment(name: str) -> str:
    """``name`` as a segment of an IRI (RFC 3987): letters of all scripts stay, other characters are percent-encoded.

    >>> _segment("国发〔2021〕9号/a")
    '国发%E3%80%942021%E3%80%959号%2Fa'
    """
    return "".join(character if character.isalnum() else quote(character, safe="") for character in name)


def work(notice: Notice) -> str:
    """The address of a notice as a work."""
    return f"/akn/cn/doc/{notice.issue_date or 'undated'}/{notice.id}"


def cited(citation: Citation) -> str:
    """The address of a cited document: year and number where it has them, its title otherwise."""
    number = citation.document_number
    if number is None:
        return f"/akn/cn/doc/undated/{_segment(citation.title)}"
    return f"/akn/cn/doc/{number.year or 'undated'}/{_segment(number.text)}"


def organization(notice: Notice, unit: Unit) -> str:
    """The address of a unit: by its full name where that is certain, otherwise as a unit of this notice only."""
    if unit.full_name and not unit.collective:
        return f"/akn/ontology/organization/cn/{_segment(unit.full_name)}"
    return f"/akn/ontology/organization/cn/{notice.id}/{unit.id}"
