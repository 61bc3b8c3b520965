"""One notice: the stages in order. Read this first.

bytes ─read─▶ Source ─▶ Text ─repair─▶ simplify ─▶ layout ─▶ punctuation ─▶ Outline ─extract─▶ Notice
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from gongwen import layout, punctuation, script
from gongwen.document import Decision, Decisions, Occurrence, Place, Source
from gongwen.errors import SourceError
from gongwen.extract.citations import citations
from gongwen.extract.clauses.clauses import clauses
from gongwen.extract.coverage import coverage, summary, unread
from gongwen.extract.damage import damage_of, with_damage
from gongwen.extract.goals.goal import Weighed
from gongwen.extract.goals.targets import targets
from gongwen.extract.header.fields import header
from gongwen.extract.header.gaps import gaps
from gongwen.extract.header.identity import identify
from gongwen.extract.header.jurisdiction import jurisdiction
from gongwen.extract.header.nature import doubt
from gongwen.extract.links import linked
from gongwen.extract.set_values import check, decisions, with_header, with_values
from gongwen.extract.structure.blocks import blocks
from gongwen.extract.structure.grids import grids
from gongwen.extract.structure.parts import parts
from gongwen.extract.structure.repairs import repairs
from gongwen.extract.structure.sections import sections
from gongwen.extract.tasks.actors import acting, sentences_of
from gongwen.extract.tasks.duties import duties
from gongwen.extract.tasks.measures import with_measures
from gongwen.extract.tasks.milestones import Steps, with_milestones, year_of_terms
from gongwen.extract.tasks.tasks import tasks
from gongwen.extract.units import register
from gongwen.model import SCHEMA_VERSION, HeaderSpans, Notice, SourceInfo
from gongwen.outline import outline
from gongwen.repair import repair
from gongwen.secrecy import refuse_classified, refuse_classified_layers
from gongwen.text import Text

_MOST_ROUNDS = 6  # of normalization: real texts need two, the second to see that nothing is left


class Parsed(NamedTuple):
    """A notice and the text with the ledger behind it; where its file has the text, and what read that; the decisions of the stages; what became of
    each number, date, organ, title, document number, marker and row of the text; what speaks for and against each number being a goal.
    """

    notice: Notice
    text: Text
    places: tuple[Place, ...] = ()
    reader: str | None = None
    decisions: tuple[Decisions, ...] = ()
    coverage: tuple[Occurrence, ...] = ()
    weighed: tuple[Weighed, ...] = ()

    def why(self, pointer: str) -> Decision | None:
        """What the value that a JSON pointer into the notice names rests on, None where no stage keeps a decision on it."""
        return next((decision for made in self.decisions for at, decision in made() if at == pointer), None)


def normalize(text: Text) -> Text:
    """``text`` in simplified script, one paragraph a line, with Chinese punctuation.

    What one stage changes may show another what to do (a bracket that becomes Chinese makes the blank before it needless), so they are
    repeated while they change the text: normalized text stays as it is.
    """
    for _ in range(_MOST_ROUNDS):
        before = text
        for stage in (script.simplify, layout.restore, punctuation.normalize):
            text = stage(text)
        if text is before:
            break
    return text


def parse_source(source: Source, name: str | None = None) -> Parsed:
    """The notice that ``source`` is of, with its text; ``name`` is the path to publish, by default the file's name alone."""
    refuse_classified(source)
    check(source.sets, source.path)
    text, damage = repair(Text(source.text), source.corrections, source.path)
    text = normalize(text)
    if not text.value.strip():
        raise SourceError(
            "empty-source",
            "nothing is left of the source once blanks and control characters are gone",
            path=source.path,
        )
    structure, disorder = outline(text, source)
    text = structure.text
    refuse_classified_layers(text, source.path)
    read = header(structure)
    head = with_header(read, structure, source.sets, source.path) if source.sets else read
    numbered = sections(structure)
    documents = parts(structure)
    stated = clauses(structure, frozenset([party.name for party in (*head.issuers, *head.recipients)]))
    issue_year = int(head.issue_date[:4]) if head.issue_date else None
    year = year_of_terms(documents, issue_year)
    home = jurisdiction(
        text, head.issuers, (head.title, head.title_span), documents, head.recipients, head.document_number
    )
    running = tuple(sentences_of(structure))
    registry = register(
        text,
        head.issuers,
        head.recipients,
        (*stated.clauses, *stated.scopes),
        home.of,
        head.issue_date,
        acting(text, running),
    )
    made = tasks(structure, numbered, stated, registry, year)
    assigned = made.tasks
    doubted = doubt(structure, head, numbered, assigned)
    has_goals = doubted is None or doubted.has_goals
    own_titles = (head.title, *(part.title for part in documents if part.kind == "plan"))
    own_number = head.document_number.text if head.document_number else None
    cited, conflicts = citations(structure, own_titles, own_number)
    issuers = registry.parties(text, head.issuers)
    text_sha256 = sha256(source.text.encode()).hexdigest()
    aims = targets(structure, numbered, assigned, head.issue_date, year, has_goals)
    goals = aims.targets
    steps = Steps(structure, head.issue_date, year)
    assigned = with_milestones(steps, assigned, numbered, goals)
    assigned, cited = linked(assigned, numbered, goals, cited)
    assigned = with_measures(text, assigned, goals, cited, registry)
    asked = (
        duties(structure, running, steps, numbered, assigned, goals, cited, head.effective, registry)
        if has_goals
        else ()
    )
    notice = Notice(
        schema_version=SCHEMA_VERSION,
        id=identify(head.document_number, head.issue_date, source.origin.url if source.origin else None, text_sha256),
        document_number=head.document_number,
        title=head.title,
        kind=head.kind,
        issuers=issuers,
        recipients=registry.parties(text, head.recipients),
        jurisdiction=home.stated,
        issue_date=head.issue_date,
        print=head.print,
        parts=documents,
        copied_to=head.copied_to,
        notes=head.notes,
        attachments=head.attachments,
        signers=head.signers,
        effective=head.effective,
        page=head.page,
        citations=cited,
        sections=numbered,
        targets=goals,
        tasks=assigned,
        duties=asked,
        units=registry.units,
        tables=grids(structure),
        coverage=None,
        source=SourceInfo(
            path=name or (Path(source.path).name if source.path else None),
            sha256=source.sha256,
            format=source.format,
            encoding=source.encoding,
            characters=len(source.text),
            text_sha256=text_sha256,
            script=script.detect(source.text),
            origin=source.origin,
        ),
        spans=HeaderSpans(head.title_span, head.kind_span, head.issue_date_span),
        repairs=repairs(text),
        field_corrections=(),
        findings=(
            *source.findings,
            *damage,
            *disorder,
            *head.findings,
            *gaps(head, assigned, doubted),
            *stated.findings,
            *made.findings,
            *registry.findings,
            *aims.findings,
            *conflicts,
        ),
        blocks=blocks(structure),
    )
    as_read = replace(
        notice,
        document_number=read.document_number,
        spans=HeaderSpans(read.title_span, read.kind_span, read.issue_date_span),
    )  # the places of header fields that people set are used, too
    found = coverage(text, as_read if source.sets else notice)
    torn = damage_of(damage, text)
    notice = replace(notice, coverage=summary(found, len(torn)), findings=(*notice.findings, *unread(found)))
    if source.sets:
        notice = with_values(notice, source.sets, source.path)
    notice = with_damage(notice, torn)
    return Parsed(
        notice,
        text,
        source.places,
        source.reader,
        (decisions(source.sets), head.decisions, made.decisions, aims.decisions),
        found,
        aims.weighed,
    )
