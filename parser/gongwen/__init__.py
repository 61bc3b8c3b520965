"""gongwen reads official notices of Chinese governments (公文) and publishes them as open data.

>>> import gongwen
>>> notice = gongwen.parse("国办发〔2020〕7号\\n国务院办公厅关于做好防汛工作的通知\\n各省人民政府：\\n请认真落实。\\n国务院办公厅\\n2020年3月2日\\n")
>>> notice.document_number.organ_code, notice.issue_date
('国办发', '2020-03-02')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongwen.analysis import Analysis, Trace, TracedEdit, analyze, analyze_file, parse, parse_file
    from gongwen.compare import Diff, diff
    from gongwen.corpus import Limits, Options, Summary
    from gongwen.corpus import build_folder as build
    from gongwen.errors import (
        CorrectionError,
        GongwenError,
        InputError,
        RecordError,
        SchemaError,
        SourceError,
        TargetError,
    )
    from gongwen.load import from_json
    from gongwen.model import (
        SCHEMA_VERSION,
        Actor,
        Amount,
        Baseline,
        Block,
        Citation,
        CitationMention,
        Coverage,
        CoverageCount,
        DocumentNumber,
        Duty,
        Effective,
        FieldCorrection,
        Finding,
        Grid,
        GridCell,
        HeaderSpans,
        Jurisdiction,
        Measure,
        Milestone,
        Notice,
        Origin,
        Page,
        PageField,
        Part,
        Party,
        Passage,
        Period,
        Print,
        Repair,
        ResponsibleUnit,
        Section,
        SourceInfo,
        Span,
        Spelling,
        Target,
        Task,
        Unit,
        Value,
        Wording,
    )
    from gongwen.publish.frames import frames
    from gongwen.publish.record import to_json
    from gongwen.text import Text
    from gongwen.validation import Problem, validate

__version__ = "0.1.0"

__all__ = [
    "SCHEMA_VERSION",
    "Actor",
    "Amount",
    "Analysis",
    "Baseline",
    "Block",
    "Citation",
    "CitationMention",
    "CorrectionError",
    "Coverage",
    "CoverageCount",
    "Diff",
    "DocumentNumber",
    "Duty",
    "Effective",
    "FieldCorrection",
    "Finding",
    "GongwenError",
    "Grid",
    "GridCell",
    "HeaderSpans",
    "InputError",
    "Jurisdiction",
    "Limits",
    "Measure",
    "Milestone",
    "Notice",
    "Options",
    "Origin",
    "Page",
    "PageField",
    "Part",
    "Party",
    "Passage",
    "Period",
    "Print",
    "Problem",
    "RecordError",
    "Repair",
    "ResponsibleUnit",
    "SchemaError",
    "Section",
    "SourceError",
    "SourceInfo",
    "Span",
    "Spelling",
    "Summary",
    "Target",
    "TargetError",
    "Task",
    "Text",
    "Trace",
    "TracedEdit",
    "Unit",
    "Value",
    "Wording",
    "__version__",
    "analyze",
    "analyze_file",
    "build",
    "diff",
    "frames",
    "from_json",
    "parse",
    "parse_file",
    "to_json",
    "validate",
]

_HOMES = {
    "gongwen.analysis": (
        "Analysis",
        "Trace",
        "TracedEdit",
        "analyze",
        "analyze_file",
        "parse",
        "parse_file",
    ),
    "gongwen.compare": (
        "Diff",
        "diff",
    ),
    "gongwen.corpus": (
        "Limits",
        "Options",
        "Summary",
    ),
    "gongwen.errors": (
        "CorrectionError",
        "GongwenError",
        "InputError",
        "RecordError",
        "SchemaError",
        "SourceError",
        "TargetError",
    ),
    "gongwen.load": ("from_json",),
    "gongwen.model": (
        "Actor",
        "Amount",
        "Baseline",
        "Block",
        "Citation",
        "CitationMention",
        "Coverage",
        "CoverageCount",
        "DocumentNumber",
        "Duty",
        "Effective",
        "FieldCorrection",
        "Finding",
        "Grid",
        "GridCell",
        "HeaderSpans",
        "Jurisdiction",
        "Measure",
        "Milestone",
        "Notice",
        "Origin",
        "Page",
        "PageField",
        "Part",
        "Party",
        "Passage",
        "Period",
        "Print",
        "Repair",
        "ResponsibleUnit",
        "SCHEMA_VERSION",
        "Section",
        "SourceInfo",
        "Span",
        "Spelling",
        "Target",
        "Task",
        "Unit",
        "Value",
        "Wording",
    ),
    "gongwen.publish.frames": ("frames",),
    "gongwen.publish.record": ("to_json",),
    "gongwen.text": ("Text",),
    "gongwen.validation": (
        "Problem",
        "validate",
    ),
}
_OTHER_NAMES = {"build": ("gongwen.corpus", "build_folder")}
"""What is called otherwise in its module."""


def __getattr__(name: str) -> object:
    """What the package offers, loaded when it is first asked for: who only wants help or compares needs no pipeline."""
    known = _OTHER_NAMES.get(name) or next(((home, name) for home, names in _HOMES.items() if name in names), None)
    if known is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(known[0]), known[1])
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
