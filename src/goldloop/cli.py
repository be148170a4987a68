"""The command line: `goldloop sql`, `goldloop models`, `goldloop describe`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from goldloop.errors import GoldloopError
from goldloop.version import __version__

DATABASE_VARIABLE = "GOLDLOOP_DATABASE"


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

    is_quiet = asked.quiet or not sys.stderr.isatty()
    on_build = None if is_quiet else lambda report: print(report, file=sys.stderr)
    with connect(asked.database, on_build=on_build) as session:
        result = session.sql(script, dialect=asked.dialect)
        # What has no result answers with an empty column of one of these names.
        if result is not None and (result.columns not in (["Count"], ["Success"]) or len(result)):
            print(written(result.columns, result.fetchall(), asked.format))


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

    sql = _command(commands, "sql", _sql, "run a script with CREATE MODEL, ML.PREDICT and any SQL")
    source = sql.add_mutually_exclusive_group()
    source.add_argument("-c", dest="text", metavar="TEXT", help="the script itself")
    source.add_argument("-f", dest="file", metavar="FILE", help="a file (default: standard input)")
    sql.add_argument(
        "--dialect",
        choices=["bigquery", "duckdb"],
        default="bigquery",
        help="the SQL around the ML statements and functions (default: %(default)s)",
    )
    sql.add_argument("--quiet", action="store_true", help="no line for each training")

    _command(commands, "models", _models, "list the models that serve")

    describe = _command(commands, "describe", _describe, "tell all about one model")
    describe.add_argument("model", metavar="MODEL", help="its name, as schema.name")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], None],
    summary: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
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
        choices=["table", "csv", "json"],
        default="table",
        help="how results are written (default: %(default)s)",
    )
    return command
