"""The command line: `goldloop sql`, `models`, `describe`, `card`, `export` and `trace`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from goldloop.errors import GoldloopError
from goldloop.version import __version__

if TYPE_CHECKING:
    import duckdb

DATABASE_VARIABLE = "GOLDLOOP_DATABASE"
# Packages or classes that MODEL_TYPE='SKLEARN' may import, separated by commas.
ESTIMATORS_VARIABLE = "GOLDLOOP_ALLOWED_ESTIMATORS"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after an error that is told in one paragraph.

    Raises:
        SystemExit: with 2 for wrong usage, with 0 after --help or --version.
    """
    parser = _parser()
    asked = parser.parse_args(arguments)
    if not asked.database:
        parser.error(f"which database? Give -d FILE, or set {DATABASE_VARIABLE}.")
    try:
        asked.command(asked)
    except GoldloopError as error:
        print(f"error: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _sql(asked: argparse.Namespace) -> None:
    script = _script(asked)
    from goldloop.session import connect
    from goldloop.tables import written

    printer = _Printer() if asked.format == "table" and asked.output is None else None
    watcher = None if asked.quiet or not sys.stderr.isatty() else _Watcher()
    with connect(
        asked.database,
        on_build=watcher.build if watcher else None,
        on_progress=watcher.progress if watcher else None,
        projects=asked.projects,
        allowed_estimators=_listed(os.environ.get(ESTIMATORS_VARIABLE, "")),
    ) as session:
        result = session.sql(script, asked.dialect, printer.show if printer else None)
        # What has no result answers with an empty column of one of these names.
        if result is None or (result.columns in (["Count"], ["Success"]) and not len(result)):
            return
        if printer is not None:
            printer.show(result)
            return
        if asked.format == "parquet":
            _write_parquet(result, asked.output)
            return
        text = written(result.columns, result.fetchall(), asked.format)
    if asked.output is None:
        print(text)
    else:
        _write_text(asked.output, f"{text}\n")


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


class _Printer:
    """Prints results as tables, one below the other, each once."""

    def __init__(self) -> None:
        self._last: duckdb.DuckDBPyRelation | None = None

    def show(self, result: duckdb.DuckDBPyRelation) -> None:
        """Print `result`, unless it is the one that was printed last."""
        from goldloop.tables import written

        if result is self._last:
            return
        if self._last is not None:
            print()
        print(written(result.columns, result.fetchall(), "table"), flush=True)
        self._last = result


class _Watcher:
    """Shows trainings on a terminal: a line that changes while one runs, then its outcome."""

    def __init__(self) -> None:
        self._is_on_a_line = False

    def progress(self, line: str) -> None:
        """Show `line` in place of the one before."""
        print(f"{self._erased()}{line}", end="", file=sys.stderr, flush=True)
        self._is_on_a_line = True

    def build(self, report: object) -> None:
        """Show what a training came to, to stay."""
        print(f"{self._erased()}{report}", file=sys.stderr)
        self._is_on_a_line = False

    def _erased(self) -> str:
        return "\r\x1b[K" if self._is_on_a_line else ""


def _write_parquet(result: duckdb.DuckDBPyRelation, output: str | None) -> None:
    if output is not None:
        _write(output, lambda path: result.write_parquet(str(path)))
        return
    if sys.stdout.isatty():
        raise GoldloopError("Parquet is not for a terminal to show; name a file with -o FILE.")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "result.parquet"
        result.write_parquet(str(path))
        sys.stdout.buffer.write(path.read_bytes())


def _write(output: str, write: Callable[[Path], object]) -> None:
    import duckdb

    try:
        write(Path(output))
    except (OSError, duckdb.IOException) as error:
        raise GoldloopError(f"The result cannot be written to {output}: {error}") from error


def _write_text(output: str, text: str) -> None:
    _write(output, lambda path: path.write_text(text, encoding="utf-8"))


def _models(asked: argparse.Namespace) -> None:
    from goldloop.describing import MODEL_COLUMNS, model_row
    from goldloop.session import connect
    from goldloop.tables import written

    with connect(asked.database, read_only=True) as session:
        rows = [model_row(card) for card in session.models()]
    print(written(MODEL_COLUMNS, rows, asked.format))


def _describe(asked: argparse.Namespace) -> None:
    from goldloop.describing import description
    from goldloop.session import connect

    with connect(asked.database, read_only=True) as session:
        model = session.model(asked.model)
        print(description(model.card(), model.versions(), asked.format))


def _card(asked: argparse.Namespace) -> None:
    from goldloop.card import card_page, card_pages
    from goldloop.session import connect

    with connect(asked.database, read_only=True) as session:
        if asked.model is not None:
            page = card_page(session, asked.model, not asked.undated)
            if asked.output is None:
                print(page, end="")
            else:
                _write_text(asked.output, page)
            return
        if asked.output is None:
            raise GoldloopError("Which model? Name one, or with -o FOLDER have a page of each.")
        pages = card_pages(session, not asked.undated)
    for name, page in pages.items():
        _write_text(str(Path(asked.output) / f"{name}.md"), page)


def _export(asked: argparse.Namespace) -> None:
    from goldloop.session import connect

    with connect(asked.database, read_only=True) as session:
        content = session.model(asked.model).export(asked.format, asked.dialect, asked.trial_id)
    if asked.output is not None:
        _write(asked.output, lambda path: path.write_bytes(content))
        return
    if asked.format == "onnx" and sys.stdout.isatty():
        raise GoldloopError("ONNX is not for a terminal to show; name a file with -o FILE.")
    sys.stdout.buffer.write(content)
    sys.stdout.flush()


def _trace(asked: argparse.Namespace) -> None:
    from goldloop.describing import version_line
    from goldloop.lineage import TRACE_COLUMNS, tree
    from goldloop.registry.read import list_models
    from goldloop.session import connect
    from goldloop.tables import written

    with connect(asked.database, read_only=True) as session:
        rows = session.trace(asked.table, asked.key, asked.depth, asked.limit)
        cards = list_models(session.connection)
    if asked.format == "tree":
        print(tree(rows, {(str(card.name), card.version): version_line(card) for card in cards}))
    else:
        print(written(TRACE_COLUMNS, [row.values() for row in rows], asked.format))


def _script(asked: argparse.Namespace) -> str:
    if asked.text is not None:
        return asked.text
    if asked.file is None:
        if sys.stdin.isatty():
            print("Reading SQL from the terminal; end it with Ctrl-D.", file=sys.stderr)
        return sys.stdin.read()
    try:
        return Path(asked.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldloopError(f"The script {asked.file} cannot be read: {error}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="goldloop", description="Machine learning in a DuckDB warehouse, in SQL."
    )
    parser.add_argument("--version", action="version", version=f"goldloop {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    summary = "run a script with CREATE MODEL, ML.PREDICT and any SQL"
    sql = _command(
        commands,
        "sql",
        _sql,
        summary,
        ("table", "csv", "json", "parquet"),
        "how results are written: a table for each query, or the last result as the others",
    )
    source = sql.add_mutually_exclusive_group()
    source.add_argument("-c", dest="text", metavar="TEXT", help="the script itself")
    source.add_argument("-f", dest="file", metavar="FILE", help="a file (default: standard input)")
    sql.add_argument(
        "--dialect",
        choices=["bigquery", "duckdb"],
        default="bigquery",
        help="the SQL around the ML statements and functions (default: %(default)s)",
    )
    sql.add_argument(
        "--project",
        dest="projects",
        metavar="NAME",
        action="append",
        default=[],
        help="a project of BigQuery that the script names: this database, from now on",
    )
    sql.add_argument("-o", dest="output", metavar="FILE", help="where the last result is written")
    sql.add_argument("--quiet", action="store_true", help="no line for each training")

    _command(commands, "models", _models, "list the models that serve")

    describe = _command(commands, "describe", _describe, "tell all about one model")
    describe.add_argument("model", metavar="MODEL", help="its name, as schema.name")

    summary = "print a model's card as Markdown: its use, limits, metrics, inputs and outputs"
    card = _command(commands, "card", _card, summary, ("markdown",))
    card.add_argument("model", metavar="MODEL", nargs="?", help="its name, as schema.name")
    card.add_argument(
        "-o", dest="output", metavar="PATH", help="write it there; without MODEL a page of each"
    )
    card.add_argument("--undated", action="store_true", help="not when versions were trained")

    summary = "show what a row came from: predictions, model versions, files"
    trace = _command(commands, "trace", _trace, summary, ("tree", "table", "csv", "json"))
    trace.add_argument("table", metavar="TABLE", help="its name, with or without its schema")
    trace.add_argument(
        "key", metavar="KEY", help="the value of its key, or COLUMN=VALUE,COLUMN=VALUE"
    )
    trace.add_argument("--depth", type=int, metavar="N", help="follow N links (default: all)")
    trace.add_argument(
        "--limit",
        type=int,
        default=5,
        metavar="N",
        help="rows to follow of each link; the others are counted (default: %(default)s)",
    )

    summary = "write a model as a function of another dialect, as JSON or as ONNX"
    export = _command(commands, "export", _export, summary, ("sql", "json", "onnx"))
    export.add_argument("model", metavar="MODEL", help="its name, as schema.name")
    export.add_argument(
        "--dialect",
        metavar="DIALECT",
        default="duckdb",
        help="of the SQL: duckdb, bigquery, snowflake, redshift, spark, databricks or postgres "
        "(default: %(default)s)",
    )
    export.add_argument("--trial-id", type=int, metavar="N", help="a trial of a tuned model")
    export.add_argument("-o", dest="output", metavar="FILE", help="write it there")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], None],
    summary: str,
    formats: Sequence[str] = ("table", "csv", "json"),
    format_help: str = "how results are written",
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name, help=summary, description=f"{summary[0].upper()}{summary[1:]}."
    )
    command.set_defaults(command=run)
    command.add_argument(
        "-d",
        dest="database",
        metavar="FILE",
        default=os.environ.get(DATABASE_VARIABLE),
        help=f"the DuckDB database (default: ${DATABASE_VARIABLE})",
    )
    command.add_argument(
        "--format",
        choices=formats,
        default=formats[0],
        help=f"{format_help} (default: %(default)s)",
    )
    return command
