"""The tables of a published folder as data frames of pandas, typed as the tables say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gongwen.errors import GongwenError
from gongwen.publish.csv_tables import read
from gongwen.publish.tables import Table, notice_tables

if TYPE_CHECKING:
    from pandas import DataFrame

_TYPES = {
    "integer": "Int64",
    "boolean": "boolean",
    "number": "Float64",
    "string": "string",
    "key": "string",
    "date": "string",
}


def frames(dist: str | Path) -> dict[str, DataFrame]:
    """A data frame for each table in ``dist``/tables, by its name: tasks, responsibilities, targets, milestones, units ….

    Lists are lists; a missing value is pandas.NA. Raises GongwenError if pandas is not installed or ``dist`` has no tables.
    """
    try:
        import pandas
    except ModuleNotFoundError as error:
        raise GongwenError("frames need pandas, which is not installed: pip install pandas") from error
    folder = Path(dist) / "tables"
    found = {table.name: table for table in notice_tables() if (folder / f"{table.name}.csv").is_file()}
    if not found:
        raise GongwenError(f"{folder} has no tables: gongwen build makes them")
    return {name: _frame(pandas, folder / f"{name}.csv", table) for name, table in found.items()}


def _frame(pandas, path: Path, table: Table) -> DataFrame:  # type: ignore[no-untyped-def]  # the module, loaded late
    frame = pandas.DataFrame(list(read(path, table)), columns=[field.name for field in table.fields], dtype=object)
    types = {field.name: _TYPES[field.type] for field in table.fields if field.type in _TYPES}
    typed: DataFrame = frame.astype(types)
    return typed
