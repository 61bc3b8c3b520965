"""The command line: arguments, messages for people, exit codes. What is done is done elsewhere.

Exit codes: 0 fine; 1 an error-level finding, an invalid or an unpublished notice; 2 wrong use. ``diff`` has those of
diff(1): 0 nothing differs, 1 something does, 2 trouble, which a crash is, too.
"""

from __future__ import annotations

import copy
import errno
import os
import re
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click
from click.core import ParameterSource

from gongwen import __version__
from gongwen.compare.render import FORMATS
from gongwen.errors import GongwenError, SourceError, TargetError
from gongwen.messages import (
    LANGUAGES,
    Language,
    chinese_help,
    language_of,
    message,
    reason_in_chinese,
    refusal_in_chinese,
    title,
)
from gongwen.terminal import printable, printable_lines, printable_styled

if TYPE_CHECKING:
    from gongwen.compare.render import Comparison
    from gongwen.corpus import Failure, Inputs, Options, Summary
    from gongwen.document import Decision
    from gongwen.model import Finding, Notice
    from gongwen.pipeline import Parsed
    from gongwen.review import Reviewed

Result = TypeVar("Result")
Item = TypeVar("Item")

# Commands that end as diff(1) does: 1 says that something differs, so nothing else may end so.
_COMPARING = frozenset({"diff", "changes", "cascade", "consolidate"})
_INTERRUPTED, _BROKEN_PIPE = 130, 141  # what a shell reports of a program that SIGINT or SIGPIPE ended

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_FORMAT = click.Choice(["text", "json"])
_SOURCE = click.Path(path_type=Path, allow_dash=True, dir_okay=False, exists=True)
_FOLDER = click.argument("source", type=click.Path(path_type=Path, file_okay=False, exists=True), default="source")
_INPUTS = click.argument("source", type=click.Path(path_type=Path, exists=True), default="source")
_DIST = click.argument("dist", type=click.Path(path_type=Path, file_okay=False), default="dist")
_REPORT = click.option(
    "--format", "form", type=_FORMAT, default="text", help="Format of the report: text for people, JSON for programs."
)


@contextmanager
def _printable_errors() -> Iterator[None]:
    """Errors of wrong use, which quote the arguments, are shown without signs that act on a terminal."""
    try:
        yield
    except click.UsageError as error:
        raise click.UsageError(printable(_told(error, error.ctx)), error.ctx) from error
    except click.ClickException as error:
        raise click.ClickException(printable(_told(error, click.get_current_context(silent=True)))) from error


def _told(error: click.ClickException, context: click.Context | None) -> str:
    """The message of an error of wrong use in the language that was asked for, as far as that is known yet."""
    language = (context.meta.get(__name__) if context else None) or language_of(os.environ)
    said = " ".join(error.format_message().split())  # click lists choices on lines of their own
    wrong = error.param.name if isinstance(error, click.BadParameter) and error.param else None
    if context and wrong == "source" and context.get_parameter_source(wrong) == ParameterSource.DEFAULT:
        said = "there is no folder named source here: name the folder of the notices"
    return refusal_in_chinese(said) if language == "zh" else said


def _keep_language(context: click.Context, option: click.Parameter, value: Language | None) -> None:
    if value:
        context.meta[__name__] = value  # which a command shares with the group that it belongs to


_LANGUAGE = click.Option(
    ["--lang"],
    type=click.Choice(LANGUAGES),
    callback=_keep_language,
    expose_value=False,
    is_eager=True,
    help="Language of messages. Default: that of the locale.",
)


def _language() -> Language:
    """The language in which to speak: the one that was asked for, or that of the locale."""
    return _spoken(click.get_current_context())


def _spoken(context: click.Context) -> Language:
    stated: Language | None = context.meta.get(__name__)
    return stated or language_of(os.environ)


_HEADINGS = {"Usage:": "用法：", "Options:": "选项：", "Commands:": "命令：", "  Examples:": "  示例："}
_EXAMPLES = re.compile(r"\n\n\s*\x08\n.*", re.DOTALL)  # the last paragraph, which keeps its lines


class _Help(click.Command):
    """A command whose help is in the language that was asked for."""

    def get_help(self, ctx: click.Context) -> str:
        if _language() != "zh":
            return super().get_help(ctx)
        translated = copy.copy(self)
        translated.help = self._in_chinese() + "".join(_EXAMPLES.findall(cleandoc(self.help or "")))
        translated.params = [self._option_in_chinese(option) for option in self.get_params(ctx)]
        translated.add_help_option = False  # it is among the others
        formatter = ctx.make_formatter()
        translated.format_help(ctx, formatter)
        lines = formatter.getvalue().rstrip("\n")
        return re.sub(
            "|".join(f"^{heading}" for heading in _HEADINGS), lambda found: _HEADINGS[found[0]], lines, flags=re.M
        )

    def get_short_help_str(self, limit: int = 45) -> str:
        return self._in_chinese().partition("\n")[0] if _language() == "zh" else super().get_short_help_str(limit)

    def _in_chinese(self) -> str:
        name = "" if isinstance(self, click.Group) else self.name or ""
        return chinese_help().get((name, ""), self.help or "").replace("|", "\n\n")

    def _option_in_chinese(self, parameter: click.Parameter) -> click.Parameter:
        if not isinstance(parameter, click.Option):
            return parameter
        known, long = chinese_help(), max(parameter.opts, key=len)
        translated = copy.copy(parameter)
        translated.help = (
            known.get((self.name or "", long)) or known.get(("build", long)) or known.get(("", long), parameter.help)
        )
        return translated


class _Commands(_Help, click.Group):
    """Commands for which a full disk or a closed stream is an error with a message, wherever they meet it. Each has ``--lang``."""

    command_class = _Help

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        cmd.params.append(_LANGUAGE)
        super().add_command(cmd, name)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _printable_errors():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _printable_errors():
                return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            if error.errno != errno.EPIPE:
                _fail(f"{error.filename or 'standard output'}: {error.strerror}", 2 if _compares(ctx) else 1)
            if not _compares(ctx):
                raise  # who reads our output has seen enough: the program ends quietly
            _silence()
            sys.exit(_BROKEN_PIPE)
        except GongwenError as error:  # met on the way to the command: a table of words that can't be right
            _fail(refusal_in_chinese(str(error)) if _spoken(ctx) == "zh" else str(error), 2 if _compares(ctx) else 1)
        except KeyboardInterrupt:
            if _compares(ctx):
                sys.exit(_INTERRUPTED)
            raise
        except Exception:
            if not _compares(ctx):
                raise
            traceback.print_exc()
            _fail(message("internal-error", _spoken(ctx)), 2)


def _compares(ctx: click.Context) -> bool:
    return ctx.invoked_subcommand in _COMPARING


@click.group(cls=_Commands, context_settings=_CONTEXT, params=[_LANGUAGE])
@click.version_option(__version__, prog_name="gongwen")
def main() -> None:
    """Read official notices of Chinese governments (公文) and publish them as open data.

    \b
    Examples:
      gongwen build                     everything under source/ into dist/
      gongwen parse notice.txt          one notice as JSON
      gongwen explain notice.txt        its repairs, with reasons
      gongwen diff old.json new.txt     what changed between two plans
      gongwen review notice.txt -o review.html   doubtful values, for a person to answer
      gongwen validate x.json           check published data
      gongwen serve --watch             the site on this machine, kept up to date
    """


def _how(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how a build is done; what it gives is the same whatever they say, but for --keep-all."""
    for option in (
        click.option(
            "--cache",
            type=click.Path(path_type=Path, file_okay=False),
            help="Folder of prepared notices for the next build. Default: the cache folder of the user.",
        ),
        click.option(
            "--engine",
            metavar="ADDRESS",
            help="Prepare notices on a Dask cluster: address of its scheduler (tcp://…), or local for this machine.",
        ),
        click.option("--keep-all", is_flag=True, help="Also publish texts that are not notices, with a finding."),
        click.option("--no-cache", is_flag=True, help="Prepare every notice again, and keep none."),
        click.option(
            "--limit-memory",
            type=click.IntRange(min=64),
            default=1024,
            show_default=True,
            metavar="MIB",
            help="Memory limit for one notice (Linux).",
        ),
        click.option(
            "--limit-seconds",
            type=click.FloatRange(min=0, min_open=True),
            default=30,
            show_default=True,
            metavar="S",
            help="CPU time limit for one notice; the wall-clock limit is four times that.",
        ),
        click.option(
            "--workers",
            type=click.IntRange(min=0),
            metavar="N",
            help="Number of worker processes; 0: this process only, without limits. Default: one for each core.",
        ),
    ):
        command = option(command)
    return command


@main.command(short_help="Publish a folder of notices, in all formats.")
@_INPUTS
@_DIST
@_how
@click.option(
    "--partitioned",
    is_flag=True,
    help="Write partitioned Parquet tables and notices as JSON Lines, for data too large for one folder.",
)
@click.option(
    "--check", is_flag=True, help="Build again without the cache and report where the result differs from DIST."
)
@_REPORT
def build(source: Path, dist: Path, form: str, check: bool, partitioned: bool, **how: Any) -> None:
    """Publish every notice under SOURCE (default: source) into DIST (default: dist), in all formats.

    SOURCE is a folder, or a table (.parquet or .jsonl) with the columns path, bytes and sidecar.

    A notice that can't be read, or that exceeds a limit, is reported and left out; the others are published.
    What has not changed since the last build is kept.

    \b
    Examples:
      gongwen build
      gongwen build my-notices open-data
      gongwen build --format json | jq .unpublished
      gongwen build --workers 0 --no-cache     in one process, without the cache
      gongwen build crawl.parquet open-data --engine tcp://scheduler:8786
      gongwen build crawl.parquet open-data --engine local --partitioned
    """
    from gongwen.publish import FORMATS, missing

    if partitioned:
        if check:
            raise click.UsageError("--check compares builds that are not partitioned")
        _publish_partitioned(source, dist, form, **how)

    lacking = {format.name: name for format in FORMATS if (name := missing(format))}
    if lacking:
        names = " and ".join(lacking)
        _tell("lacking", names=names)
    _publish(source, dist, [format.name for format in FORMATS if format.name not in lacking], form, check=check, **how)


@main.command(short_help="Publish a folder of notices, in some formats only.")
@_INPUTS
@_DIST
@click.option("--only", help="Formats to write in addition to the notices, separated by commas. Default: all.")
@_how
@_REPORT
def publish(source: Path, dist: Path, only: str | None, form: str, **how: Any) -> None:
    """Publish the notices under SOURCE into DIST, in some formats only. Files of other formats stay as they are.

    The formats are tables, parquet, sqlite, workbook, jsonl, calendar, organs, datasette, akn, codelists, vocabulary, types, site, feed, catalog
    and datapackage.

    \b
    Examples:
      gongwen publish --only tables,site
      gongwen publish --only akn my-notices open-data
    """
    from gongwen.publish import NAMES

    names = NAMES if only is None else [name.strip() for name in only.split(",") if name.strip()]
    if unknown := sorted(set(names) - set(NAMES)):
        raise click.BadParameter(f"{', '.join(unknown)}: the formats are {', '.join(NAMES)}", param_hint="--only")
    _publish(source, dist, names, form, **how)


@main.command(short_help="Show the site on this machine, and keep it up to date.")
@click.argument("source", type=click.Path(path_type=Path), default="source")
@_DIST
@click.option("--watch", is_flag=True, help="Build first, and again whenever a file under SOURCE changes.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port of the server; 0: any that is free.",
)
@_how
def serve(source: Path, dist: Path, watch: bool, port: int, **how: Any) -> None:
    """Show the site in DIST (default: dist) in a browser of this machine, until Ctrl-C.

    With --watch the notices under SOURCE (default: source) are published first, and again whenever a file there
    changes, comes or goes; a notice that can't be published is reported, and the site keeps its other notices.

    \b
    Examples:
      gongwen serve
      gongwen serve my-notices open-data --watch --port 8080
    """
    from gongwen import serve

    if watch and not source.is_dir():
        raise click.BadParameter(f"{source}: --watch needs a folder", param_hint="SOURCE")
    if not watch and not (dist / "site").is_dir():
        _fail(message("no-site", _language(), folder=dist))
    seen = serve.look(source) if watch else {}
    if watch:
        _build_again(source, dist, how)
    try:
        with serve.served(dist, port) as address:
            _tell("serving", address=address)
            if not watch:
                signal.pause() if hasattr(signal, "pause") else sys.stdin.read()
            for changed in serve.changes(source, seen):
                _tell("changed", n=len(changed), file=changed[0])
                _build_again(source, dist, how)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


def _build_again(source: Path, dist: Path, how: Mapping[str, Any]) -> None:
    """Publish what is under ``source`` now; what fails is reported, and nothing ends."""
    from gongwen import corpus
    from gongwen.publish import FORMATS, missing

    formats = [format.name for format in FORMATS if not missing(format)]
    try:
        inputs = corpus.Files(source, corpus.sources(source))
        summary = corpus.build_from(inputs, dist, formats, _progress, _options(**how))
    except (GongwenError, OSError) as error:
        _say((_refusal(error) if isinstance(error, GongwenError) else str(error), "red"))
        return
    for failure in summary.unpublished:
        _tell_failure(failure)
    _tell("published", n=len(summary.published), folder=dist, failed=len(summary.unpublished))


@main.command(short_help="Print one notice as JSON.")
@click.argument("file", type=_SOURCE)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="-",
    help="Output file. Default: standard output.",
)
def parse(file: Path, output: Path) -> None:
    """Print one notice as JSON. FILE may be - for standard input.

    Findings go to standard error, with their place in the source.

    \b
    Examples:
      gongwen parse notice.txt
      gongwen parse page.html -o notice.json
      curl -s https://…/notice.html | gongwen parse -
    """
    from gongwen.publish.record import to_json

    parsed = _parsed(file)
    data = to_json(parsed.notice)
    if str(output) == "-":
        _print(data)
    else:
        try:
            output.write_bytes(data)
        except OSError as error:
            raise click.FileError(str(output), error.strerror) from error
    _report_findings(str(file), parsed)
    _exit_on(parsed.notice.findings)


@main.command(short_help="List the repairs of a notice, with reasons.")
@click.argument("file", type=_SOURCE)
@click.option("--format", "form", type=_FORMAT, default="text", help="Text for people, or the whole ledger as JSON.")
@click.option(
    "--why",
    metavar="VALUE",
    help="Explain why this value is read as it is, with tokens and table rows: its id or pointer.",
)
def explain(file: Path, form: str, why: str | None) -> None:
    """List the repairs of FILE with reasons, and count what was normalized; with --why, explain how a value was read.

    VALUE is an id in the output of gongwen parse (task-4, the fourth task), which may be followed by a part of that object, or a JSON
    pointer, which counts from 0 (/tasks/3 is task-4): a field of the head, a target, a task, or a unit of a task.

    \b
    Examples:
      gongwen explain notice.txt
      gongwen explain notice.txt --format json
      gongwen explain notice.txt --why /title
      gongwen explain notice.txt --why target-1
      gongwen explain notice.txt --why task-4
      gongwen explain notice.txt --why task-4/responsible_units/0     its first unit
    """
    from gongwen.pointers import pointer_of
    from gongwen.publish.record import decision_json, ledger_json

    parsed = _parsed(file)
    if why is not None:
        pointer = pointer_of(parsed.notice, why)
        decision = parsed.why(pointer)
        if decision is None:
            raise click.BadParameter(f"{why}: {_without_decision(parsed, pointer)}", param_hint="--why")
        if form == "json":
            _print(decision_json(parsed.notice, pointer, decision, parsed.text))
        else:
            for line in (_explained(parsed.notice, pointer), *_reasons(parsed, decision)):
                _say(line, err=False)
        return
    if form == "json":
        _print(ledger_json(parsed.notice, parsed.text))
    else:
        for line in _explanation(parsed):
            _say(line, err=False)
    _exit_on(parsed.notice.findings)


@main.command(short_help="Report what of a notice is in the data, and why the rest is not.")
@click.argument("source", type=click.Path(path_type=Path, allow_dash=True, exists=True))
@click.option("--all", "whole", is_flag=True, help="Also list used and explained places. Default: open places only.")
@click.option(
    "--format", "form", type=_FORMAT, default="text", help="Text for people, or one line of JSON for each file."
)
@click.option(
    "--fail-over",
    metavar="SHARE",
    callback=lambda context, option, value: _share(value),
    help="Exit with 1 if more than SHARE (as 2%) of all places is open.",
)
def coverage(source: Path, whole: bool, form: str, fail_over: float | None) -> None:
    """Report for each number, date, organ, title, document number, marker and row of SOURCE, a file or a folder, whether the data hold it.

    A place is used by a published value, explained by a code, unread (a commitment that no value holds) or undecided;
    the last two are open. Open places are listed with line, column, words and context; suspects are targets that
    may not be targets. The files of a folder are listed worst first.

    \b
    Examples:
      gongwen coverage notice.txt
      gongwen coverage notice.txt --all --format json
      gongwen coverage source --fail-over 2%
    """
    from gongwen import corpus
    from gongwen.publish.coverage import Sheet, coverage_json, lines

    sheets, failed = [], False
    for file in corpus.sources(source) if source.is_dir() else [source]:
        try:
            parsed = _parsed_or_error(file) if source.is_dir() else _parsed(file)
        except GongwenError as error:
            _say((f"{file}: {_refusal(error)}", "red"))
            failed = True
            continue
        sheets.append(Sheet.of(str(file), parsed.notice.id, parsed.text.source, parsed.coverage))
    sheets.sort(key=lambda sheet: -sheet.open_share)
    for sheet in sheets:
        if form == "json":
            _print(coverage_json(sheet, whole))
        else:
            for line in lines(sheet, whole, _language()):
                _say(line, err=False)
    if form == "text" and len(sheets) > 1:
        for line in lines(Sheet.sum(str(source), sheets), False, _language()):
            _say(line, err=False)
    over = fail_over is not None and Sheet.sum(str(source), sheets).open_share > fail_over
    if over or failed:
        sys.exit(1)


def _share(words: str | None) -> float | None:
    """A share in percent or as a number up to 1: 2%, 0.02."""
    if words is None:
        return None
    try:
        share = float(words.removesuffix("%")) / (100 if words.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise click.BadParameter(f"{words} is not a share such as 2% or 0.02", param_hint="--fail-over")
    return share


def _without_decision(parsed: Parsed, pointer: str) -> str:
    """What to tell who asks for a value that no decision is kept on."""
    from gongwen.pointers import value_at

    try:
        value_at(parsed.notice, pointer)
    except LookupError:
        return message("no-such-value", _language(), n=len(parsed.notice.tasks))
    return message("no-reasons", _language())


def _explained(notice: Notice, pointer: str) -> str:
    """Which value is explained: pointers count from 0 and ids from 1, so both are named, with the first words of the value."""
    from gongwen.pointers import id_at, value_at

    value, id = value_at(notice, pointer), id_at(notice, pointer)
    words = next((said for key in ("title", "text", "name") if (said := getattr(value, key, None))), value)
    return f"{pointer}" + (f" ({id})" if id else "") + f": {words}"


def _reasons(parsed: Parsed, decision: Decision) -> Iterator[str]:
    """Why a value is read as it is, in lines for people: the reason, the place, the tokens with the rows of their tables."""
    from gongwen.excerpt import place
    from gongwen.publish.record import code_of

    text = parsed.text
    verdict = "accepted" if decision.accepted else "rejected"
    chinese = _language() == "zh"
    reason = reason_in_chinese(decision.reason) if chinese else decision.reason
    yield message(verdict, _language(), reason=reason, rule=decision.rule)
    for extent in decision.extents:
        line, column = place(text.source, text.to_source(*extent).start)
        yield f"{line}:{column}  {text.value[extent.start : extent.end]}"
    for token in decision.tokens:
        code = code_of(token)
        row = f"{token.table}.tsv: {token.word}" + (f" ({code})" if code else "") if token.table else ""
        row = message("own-name", _language()) if token.word == "own" and not token.table else row
        kind = f"{reason_in_chinese(token.kind):\u3000<6}" if chinese else f"{token.kind:<12}"
        yield f"    {kind}{text.value[token.start : token.end]}" + (f"    {row}" if row else "")


@main.command(short_help="Write a page of doubtful values for a person to answer.")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="-",
    help="Output file. Default: standard output.",
)
def review(source: Path, output: Path) -> None:
    """Write a page that lists the doubtful values of SOURCE, a file or a folder, beside their places in the source.

    Listed are findings, open places of the coverage, goals of low probability, damaged and recognized text, and repairs that were chosen
    among several. The page is one file in Chinese and English that loads nothing. The answers that are given on it are downloaded as the
    .toml file beside the source. The exit code is 1 if a source can't be read; the page lists it.

    \b
    Examples:
      gongwen review notice.txt -o review.html
      gongwen review source -o review.html
    """
    from gongwen import corpus
    from gongwen.review import Unreviewed, render

    reviewed: list[Reviewed] = []
    failed: list[Unreviewed] = []
    folder = source.resolve() if source.is_dir() else None
    for file in corpus.sources(folder) if folder else [source]:
        name = _shown_path(file, folder)
        try:
            reviewed.append(_reviewed(file, folder, name))
        except GongwenError as error:
            said = str(error).removeprefix(f"{_shown_path(file, None)}: ")
            failed.append(Unreviewed(name, said))
            _say((f"{name}: {said}", "red"))
    page = render(reviewed, failed).encode()
    if str(output) == "-":
        _print(page)
    else:
        try:
            output.write_bytes(page)
        except OSError as error:
            raise click.FileError(str(output), error.strerror) from error
        doubtful = sum(len(one.doubts) for one in reviewed)
        _tell("reviewed", n=doubtful, notices=len(reviewed), file=output)
    sys.exit(1 if failed else 0)


def _shown_path(file: Path, folder: Path | None) -> str:
    from gongwen.read import readable

    return readable(file.relative_to(folder).as_posix() if folder else file)


def _reviewed(file: Path, folder: Path | None, name: str) -> Reviewed:
    """The notice in ``file`` with what is doubtful in it; errors of reading are raised."""
    from gongwen import pipeline, read
    from gongwen.reading import read_given
    from gongwen.review import Reviewed, doubts

    given = read.fetch(file, folder)
    parsed = pipeline.parse_source(read_given(given))
    sidecar = given.sidecar.decode("utf-8-sig") if given.sidecar else None
    return Reviewed(name, parsed.notice, parsed.text.source, doubts(parsed), sidecar)


@main.command(short_help="Write one notice as a workbook or a Word document.")
@click.argument("notice")
@click.option("--as", "form", type=click.Choice(["xlsx", "docx"]), required=True, help="The kind of file.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Output file, or - for standard output. Default: the notice's id, in the current folder.",
)
@click.option("--keep-all", is_flag=True, help="Also write a text that is not a notice.")
def export(notice: str, form: str, output: Path | None, keep_all: bool) -> None:
    """Write NOTICE, published JSON or any source, as an office file with a 任务分工表 and all values that were read.

    A workbook also has a sheet for each table, a document the text. A text that is not a notice is refused, as by gongwen build.

    \b
    Examples:
      gongwen export notice.txt --as xlsx
      gongwen export dist/notices/x.json --as docx -o x.docx
    """
    from gongwen.compare_inputs import open_input
    from gongwen.corpus.prepare import NO_NOTICE
    from gongwen.publish import exported

    opened = _guarded(lambda: open_input("NOTICE", notice))
    record = opened.record
    doubt = next((found for found in opened.notice.findings if found.code == NO_NOTICE), None)
    if doubt and not keep_all:
        _tell("no-export", "red", file=notice, reason=doubt.message_zh if _language() == "zh" else doubt.message)
        sys.exit(1)
    made = _guarded(lambda: exported(record, form))
    if output is None:
        output = Path(f"{record['id']}.{form}")
    if str(output) == "-":
        _print_file(made)
        return
    try:
        output.write_bytes(made)
    except OSError as error:
        raise click.FileError(str(output), error.strerror) from error
    _say(f"{notice} → {output}")


@main.command(short_help="Check published JSON against the schema.")
@click.argument("files", type=_SOURCE, nargs=-1, required=True)
@_REPORT
def validate(files: tuple[Path, ...], form: str) -> None:
    """Check published notices (JSON) against the schema and list all problems with their place.

    \b
    Examples:
      gongwen validate dist/notices/*.json
      gongwen validate --format json notice.json
    """
    import orjson

    from gongwen.read import readable
    from gongwen.validation import explained

    found = []
    for file in files:
        try:
            data = orjson.loads(_bytes(file))
        except orjson.JSONDecodeError as error:
            found.append(
                {
                    "file": readable(file),
                    "path": f"line {error.lineno}, column {error.colno}",
                    "message": f"no JSON: {error.msg}",
                }
            )
            continue
        found += [
            {"file": readable(file), "path": problem.path, "message": problem.message} for problem in explained(data)
        ]
    if form == "json":
        _print(orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    else:
        for row in found:
            _say(f"{row['file']}: {row['path']}: {row['message']}", err=False)
        if not found:
            _tell("valid", n=len(files))
    sys.exit(1 if found else 0)


@main.command(short_help="Show what changed between two notices.")
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="terminal", help="Output format. Default: terminal."
)
@click.option("--color/--no-color", default=None, help="Use colours. Default: if standard output is a terminal.")
@click.option("--with-spans", is_flag=True, help="Include places in the source in a patch. Default: leave them out.")
@click.option("--as", "office", type=click.Choice(["xlsx"]), help="Write a workbook with a 新旧对照表 instead.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="File of the workbook, or - for standard output. Default: the ids of both notices, in the current folder.",
)
def diff(
    old: str, new: str, form: str, color: bool | None, with_spans: bool, office: str | None, output: Path | None
) -> None:
    """Show what changed from OLD to NEW. Each is a published notice (JSON) or any source.

    Two folders of builds are compared by gongwen changes. One side may be - for standard input, or /dev/null for none, as git has it
    for a new file; either may be a file in a git revision, as v1:dist/notices/x.json. The exit code is 0 if nothing differs, 1 if something differs, 2 if a side can't be read.

    \b
    Examples:
      gongwen diff plan-2021.txt plan-2026.txt
      gongwen diff v1:dist/notices/x.json dist/notices/x.json
      gongwen diff old.json new.json --format html > changes.html
      gongwen diff old.json new.json --format patch
      gongwen diff old.json new.json --as xlsx
    """
    from gongwen import compare
    from gongwen.compare.former import is_former
    from gongwen.compare.render import Comparison, render, terminal
    from gongwen.compare_inputs import open_input

    if old == new == "-":
        raise click.UsageError("only one of OLD and NEW can be standard input")
    if output and not office:
        raise click.UsageError("--output needs --as xlsx")
    if Path(old).is_dir() and Path(new).is_dir():
        _tell_collections(old, new, "jsonl" if form == "json" else "markdown")
    try:
        sides = [None if side == os.devnull else open_input(name, side) for name, side in (("OLD", old), ("NEW", new))]
    except GongwenError as error:
        _fail(_refusal(error), 2)
    before, after = sides
    if before is None or after is None:
        held = [{side.notice.id: side.notice} if side else {} for side in sides]
        _print_collections(held[0], held[1], "jsonl" if form == "json" else "markdown")
    if is_former(before.notice) != is_former(after.notice):
        _tell("not-compared", "yellow", side="OLD" if is_former(before.notice) else "NEW")
    changes = compare.diff(before.notice, after.notice)
    comparison = Comparison(before.notice, after.notice, changes, before.record, after.record, with_spans)
    if office:
        _write_workbook(comparison, output or Path(f"{before.notice.id}--{after.notice.id}.{office}"))
    elif form == "terminal":
        width = shutil.get_terminal_size().columns if sys.stdout is not None and sys.stdout.isatty() else None
        click.echo(printable_styled(terminal.render(comparison, width, _language())), nl=False, color=color)
    else:
        _print(render(comparison, form).encode())
    sys.exit(1 if changes else 0)


def _write_workbook(comparison: Comparison, output: Path) -> None:
    """Write the workbook of a comparison to a file, or to standard output for "-"."""
    from gongwen.publish import compared

    try:
        made = compared(comparison, _language())
    except GongwenError as error:
        _fail(_refusal(error), 2)
    if str(output) == "-":
        _print_file(made)
    else:
        output.write_bytes(made)
        _say(f"{comparison.old.id}, {comparison.new.id} → {output}")


@main.command(short_help="Show what changed between two collections of notices.")
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "jsonl"]),
    default="markdown",
    help="Output format. Default: markdown.",
)
def changes(old: str, new: str, form: str) -> None:
    """List the notices that were added, removed or changed from OLD to NEW, with the changes: a changelog of the data.

    OLD and NEW are folders of a build (dist), or git revisions; a revision may name the folder, as v1:open-data/notices (default:
    dist/notices). The exit code is 0 if nothing differs, 1 if something differs, 2 if a side can't be read.

    \b
    Examples:
      gongwen changes dist-2024 dist-2025
      gongwen changes v1 HEAD > CHANGES.md
      gongwen changes v1 HEAD --format jsonl | jq .event
    """
    _tell_collections(old, new, form)


def _tell_collections(old: str, new: str, form: str) -> NoReturn:
    from gongwen.compare_inputs import open_collection

    try:
        before, after = open_collection("OLD", old), open_collection("NEW", new)
    except GongwenError as error:
        _fail(_refusal(error), 2)
    _print_collections(before, after, form)


def _print_collections(before: Mapping[str, Notice], after: Mapping[str, Notice], form: str) -> NoReturn:
    from gongwen.compare.collections import collection_changes
    from gongwen.compare.render.collections import render_collections

    found = list(collection_changes(before, after))
    _print("".join(render_collections(found, form)).encode())
    sys.exit(1 if found else 0)


@main.command(short_help="Compare the plans of lower governments with an upper plan.")
@click.argument("upper")
@click.argument("lower", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(["csv", "json"]), default="csv", help="Output format. Default: csv."
)
def cascade(upper: str, lower: tuple[str, ...], form: str) -> None:
    """List for each task and goal of UPPER how each LOWER treats it: carried out, narrowed, widened, dropped, or its own.

    All files are published JSON or any source. Goals that differ are listed with the share; equal goals are not listed.

    \b
    Examples:
      gongwen cascade province.txt city-a.txt city-b.txt > cascade.csv
      gongwen cascade province.json city.json --format json
    """
    import csv
    import io

    import orjson

    from gongwen.compare.cascade import CascadeRow
    from gongwen.compare.cascade import cascade as rows_of
    from gongwen.compare_inputs import open_input

    try:
        above, below = open_input("UPPER", upper).notice, [open_input("LOWER", name).notice for name in lower]
    except GongwenError as error:
        _fail(_refusal(error), 2)
    rows = list(rows_of(above, below))
    if form == "json":
        _print(orjson.dumps([row._asdict() for row in rows], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        return
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(CascadeRow._fields)
    for row in rows:
        writer.writerow([" + ".join(cell) if isinstance(cell, tuple) else cell for cell in row])
    _print(table.getvalue().encode())


@main.command(short_help="Apply amending instruments to a document.")
@click.argument("base")
@click.argument("instruments", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="Output format. Default: text, with 〔1〕 behind each change.",
)
def consolidate(base: str, instruments: tuple[str, ...], form: str) -> None:
    """Apply INSTRUMENTS, in their order, to BASE and write the consolidated text, each change marked with its instrument.

    All files are published JSON or any source. Without instruments, BASE is written as it is: a line for each paragraph. The exit
    code is 0 if every operation on BASE was applied, 1 if one could not be applied (these are listed at the end), 2 if a file
    can't be read.

    \b
    Examples:
      gongwen consolidate plan.txt amendment-2024.txt
      gongwen consolidate plan.json first.txt second.txt --format markdown
    """
    from gongwen.compare.consolidation import consolidate as apply
    from gongwen.compare.render.consolidated import render_consolidated
    from gongwen.compare_inputs import open_input

    try:
        document = open_input("BASE", base).notice
        amending = [open_input("INSTRUMENT", name).notice for name in instruments]
    except GongwenError as error:
        _fail(_refusal(error), 2)
    done = apply(document, amending)
    if instruments and not (done.applied or done.unapplied):
        _tell("no-orders")
    _print(render_consolidated(done, form).encode())
    sys.exit(1 if done.unapplied else 0)


def _publish(
    source: Path,
    dist: Path,
    formats: Sequence[str],
    form: str,
    *,
    check: bool = False,
    **how: Any,
) -> NoReturn:
    import orjson

    from gongwen import corpus
    from gongwen.publish import dataset
    from gongwen.publish.dataset import read_about

    inputs, options = _inputs(source), _options(**how)
    try:
        summary = _guarded(lambda: corpus.build_from(inputs, dist, formats, _progress, options))
        wrong = _guarded(lambda: corpus.differences(inputs, dist, formats, _progress, options)) if check else []
    except TargetError as error:
        raise click.BadParameter(str(error), param_hint="DIST") from error
    if form == "json":
        _print(orjson.dumps(summary, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    else:
        _report(summary, dist)
        if "catalog" in formats and _guarded(lambda: read_about(inputs.home)).publisher is None:
            said = inputs.home / dataset.FILE
            _tell("no-publisher", file=said)
    for name in wrong:
        _tell("differs", "red", file=dist / name)
    if check and not wrong:
        _tell("equal", folder=dist)
    sys.exit(0 if summary.fine and not wrong else 1)


def _publish_partitioned(source: Path, dist: Path, form: str, **how: Any) -> NoReturn:
    import orjson

    from gongwen import corpus

    inputs, options = _inputs(source), _options(**how)
    try:
        summary = _guarded(lambda: corpus.build_partitioned(inputs, dist, _progress, options))
    except TargetError as error:
        raise click.BadParameter(str(error), param_hint="DIST") from error
    if form == "json":
        _print(orjson.dumps(summary, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    else:
        for failure in summary.unpublished:
            _tell_failure(failure)
        counted = {"n": summary.published, "partitions": summary.partitions, "failed": len(summary.unpublished)}
        _tell("published-partitioned", folder=dist, **counted)
    sys.exit(0 if summary.fine else 1)


def _inputs(source: Path) -> Inputs:
    from gongwen import corpus

    if source.is_file():
        if source.suffix not in corpus.TABLES:
            reason = f"{source}: neither a folder nor a table ({', '.join(corpus.TABLES)})"
            raise click.BadParameter(reason, param_hint="SOURCE")
        return corpus.Table(source)
    paths = corpus.sources(source)
    if not paths:
        _fail(message("no-notice", _language(), folder=source))
    return corpus.Files(source, paths)


def _options(
    workers: int | None,
    limit_seconds: float,
    limit_memory: int,
    cache: Path | None,
    no_cache: bool,
    engine: str | None,
    keep_all: bool,
) -> Options:
    from gongwen import corpus

    signal.signal(signal.SIGTERM, _stop)  # so that a build which is asked to end cleans up
    return corpus.Options(
        workers=corpus.cores() if workers is None else workers,
        limits=corpus.Limits(limit_seconds, limit_memory),
        engine=engine,
        cache=None if no_cache else cache or corpus.default_cache(),
        keep_all=keep_all,
    )


def _stop(number: int, frame: object) -> NoReturn:
    sys.exit(128 + number)


def _progress(label: str, items: Iterable[Item], length: int | None, /) -> Iterator[Item]:
    """Pass ``items`` on with a bar on standard error, where that is a terminal."""
    with click.progressbar(
        items, length, label=f"{label:12}", file=sys.stderr, hidden=not sys.stderr.isatty(), show_pos=True
    ) as bar:
        yield from bar


def _report(summary: Summary, dist: Path) -> None:
    from gongwen.corpus.prepare import NO_NOTICE

    for failure in summary.unpublished:
        _tell_failure(failure)
    for row in summary.published:
        counts = ", ".join(f"{_severity(severity)}: {number}" for severity, number in row.findings.items() if number)
        _say(f"{row.path} → {row.id}" + (f" ({counts})" if counts else ""))
    _tell("published", n=len(summary.published), folder=dist, failed=len(summary.unpublished))
    if any(failure.code == NO_NOTICE for failure in summary.unpublished):
        _tell("keep-all")
    if any(failure.trace for failure in summary.unpublished):
        _tell("traceback")
    if any(row.findings["warning"] or row.findings["error"] for row in summary.published):
        _tell("see-findings")


def _tell_failure(failure: Failure) -> None:
    """Say that a source was not published, and why."""
    known = title("finding_codes", failure.code, _language())
    reason = refusal_in_chinese(failure.message) if _language() == "zh" else failure.message
    _tell("unpublished", "red", file=failure.path, reason=reason, title=known)


def _severity(code: str) -> str:
    return title("severities", code, "zh") if _language() == "zh" else code


def _report_findings(name: str, parsed: Parsed) -> None:
    from gongwen.excerpt import excerpt, place

    colours = {"error": "red", "warning": "yellow"}
    for finding in parsed.notice.findings:
        where = name
        if finding.span is not None:
            line, column = place(parsed.text.source, finding.span.start)
            where = f"{name}:{line}:{column}"
        words = finding.message_zh if _language() == "zh" else finding.message
        _say(f"{where}: ", (_severity(finding.severity), colours.get(finding.severity)), f": {words} [{finding.code}]")
        if finding.span is not None:
            for shown in excerpt(parsed.text.source, finding.span.start, finding.span.end).split("\n"):
                _say(shown)


def _explanation(parsed: Parsed) -> Iterator[str]:
    """The repairs of a notice, then counts of what was normalized, in lines for people."""
    from gongwen import schemas
    from gongwen.excerpt import place

    rules = schemas.codelist("repair_rules")
    language = _language()
    for repair in parsed.notice.repairs:
        line, column = place(parsed.text.source, repair.spans[0].start)
        times = f" ×{len(repair.spans)}" if len(repair.spans) > 1 else ""
        sure = title("confidences", repair.confidence, language).lower()
        yield f"{line}:{column}{times}  {repair.before or '∅'} → {repair.after or '∅'}  [{rules[repair.rule][f'title_{language}']}, {sure}]"
        reason = repair.evidence_zh if language == "zh" and repair.evidence_zh else repair.evidence
        if reason:
            yield f"    {reason}"
    counts: dict[str, int] = {}
    for layer in parsed.text.layers:
        for edit in layer.edits:
            counts[edit.rule] = counts.get(edit.rule, 0) + 1
    if not counts:
        yield message("nothing-changed", language)
    for rule, number in counts.items():
        yield f"{number:6}  {rules[rule][f'title_{language}']} ({rule})"


def _parsed(file: Path) -> Parsed:
    return _guarded(lambda: _parsed_or_error(file))


def _parsed_or_error(file: Path) -> Parsed:
    """The notice in ``file``; errors of reading are raised."""
    from gongwen.garbage import collected_seldom

    with collected_seldom():
        from gongwen import pipeline, read
        from gongwen.reading import read_bytes, read_given

        if str(file) == "-":
            return pipeline.parse_source(read_bytes(_standard_input(read.MOST_BYTES + 1)))
        return pipeline.parse_source(read_given(read.fetch(file)))


def _bytes(file: Path) -> bytes:
    try:
        return _standard_input() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise click.FileError(str(file), error.strerror) from error


def _standard_input(most: int = -1) -> bytes:
    """What standard input gives, at most ``most`` bytes of it."""
    stream = getattr(sys.stdin, "buffer", None)  # None where the caller closed it
    if stream is None:
        raise click.UsageError("standard input is closed")
    data: bytes = stream.read(most)
    return data


def _print(data: bytes) -> None:
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        raise click.UsageError("standard output is closed")
    if stream.isatty():
        data = printable_lines(data.decode(errors="backslashreplace")).encode()
    stream.write(data)
    stream.flush()


def _print_file(content: bytes) -> None:
    """Give a file that is no text to a pipe; a terminal would take parts of it for commands."""
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None or stream.isatty():
        raise click.UsageError(
            "standard output is closed" if stream is None else "a terminal can't show it: name a file"
        )
    stream.write(content)
    stream.flush()


def _silence() -> None:
    """Let nothing more reach a pipe that nobody reads: the interpreter would complain about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _guarded(action: Callable[[], Result]) -> Result:
    """What ``action`` returns; the errors that people meet become messages instead of tracebacks."""
    try:
        return action()
    except TargetError:
        raise
    except GongwenError as error:
        _fail(_refusal(error))


def _refusal(error: GongwenError) -> str:
    """What to say of an error: its message, and in Chinese also what kind of refusal it is."""
    if _language() != "zh":
        return str(error)
    if not isinstance(error, SourceError):
        return refusal_in_chinese(str(error))
    known = title("finding_codes", error.code, "zh")
    return message("refused", "zh", file=error.path or "", title=known, reason=refusal_in_chinese(error.reason))


def _exit_on(findings: tuple[Finding, ...]) -> None:
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)


def _fail(message: str, code: int = 1) -> NoReturn:
    _say((message, "red"))
    sys.exit(code)


def _tell(key: str, colour: str | None = None, /, **values: object) -> None:
    """Print the row ``key`` of messages.csv on standard error, in the language that is asked for."""
    _say((message(key, _language(), **values), colour))


def _say(*parts: str | tuple[str, str | None], err: bool = True) -> None:
    """Print one line for people, on standard error or output. A part may come with its colour. All but ``_print`` and the
    comparison, which has lines and colours of its own, is shown by this function."""
    spelled = ((part, None) if isinstance(part, str) else part for part in parts)
    click.echo(
        "".join(click.style(printable(text), fg=colour) if colour else printable(text) for text, colour in spelled),
        err=err,
    )
