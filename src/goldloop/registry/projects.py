"""Which database stands for a project of BigQuery, remembered in the warehouse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from goldloop.errors import OptionError, StatementError, nearest
from goldloop.registry.names import MODEL_SCHEMA


def map_projects(
    con: duckdb.DuckDBPyConnection, projects: Mapping[str, str | None] | Iterable[str]
) -> None:
    """Let projects stand for databases, by name; None, or a mere list, for the current database.

    Raises:
        OptionError: a project or database is no text.
    """
    named = projects if isinstance(projects, Mapping) else dict.fromkeys(projects)
    for project, database in named.items():
        if not isinstance(project, str) or not isinstance(database, str | None):
            raise OptionError(
                f"projects: {project!r}: {database!r} is no project's and database's name; "
                "expected texts, as {'my-project': 'warehouse'}, or None for the current database."
            )
    for project, database in named.items():
        con.execute(
            f"delete from {MODEL_SCHEMA}.projects where lower(project) = lower(?)", [project]
        )
        con.execute(f"insert into {MODEL_SCHEMA}.projects values (?, ?)", [project, database])


def database_of(con: duckdb.DuckDBPyConnection, project: str) -> str:
    """Return the attached database that a project's name means: its own, or what it is mapped to.

    Raises:
        StatementError: there is no such database and no mapping.
    """
    attached = [
        name
        for (name,) in con.execute(
            "select database_name from duckdb_databases() where not internal order by 1"
        ).fetchall()
    ]
    mapped = dict(_mappings(con))
    wanted = mapped.get(project.casefold(), project)
    if wanted is None:
        wanted = con.execute("select current_database()").fetchall()[0][0]
    for name in attached:
        if name.casefold() == wanted.casefold():
            return name
    known = [*attached, *mapped]
    raise StatementError(
        f"There is no project `{project}` here: no database of that name is attached (attached: "
        f"{', '.join(attached)}) and it is mapped to none (mapped: {', '.join(mapped) or 'none'}). "
        f"Let it be the current database with `goldloop sql --project {project}`, "
        f"goldloop.connect(…, projects=['{project}']), in dbt with "
        f"`config: {{projects: [{project}]}}` of the plugin, or ATTACH 'file.duckdb' AS "
        f'"{project}".{nearest(project, known)}'
    )


def _mappings(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None]]:
    has_table = con.execute(
        "select count(*) from duckdb_tables() where database_name = current_database() "
        "and schema_name = ? and table_name = 'projects'",
        [MODEL_SCHEMA],
    ).fetchall()[0][0]
    if not has_table:
        return []
    return con.execute(f"select lower(project), database from {MODEL_SCHEMA}.projects").fetchall()
