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
    from gongwen.compare import Diff, diff
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
    from gongwen.model import SCHEMA_VERSION, Notice
    from gongwen.pipeline import parse, parse_file
    from gongwen.publish.record import to_json

__version__ = "0.1.0"

__all__ = [
    "SCHEMA_VERSION",
    "CorrectionError",
    "Diff",
    "GongwenError",
    "InputError",
    "Notice",
    "RecordError",
    "SchemaError",
    "SourceError",
    "TargetError",
    "__version__",
    "diff",
    "from_json",
    "parse",
    "parse_file",
    "to_json",
]

_HOMES = {
    "gongwen.compare": ("Diff", "diff"),
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
    "gongwen.model": ("SCHEMA_VERSION", "Notice"),
    "gongwen.pipeline": ("parse", "parse_file"),
    "gongwen.publish.record": ("to_json",),
}


def __getattr__(name: str) -> object:
    """What the package offers, loaded when it is first asked for: who only wants help or compares needs no pipeline."""
    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
