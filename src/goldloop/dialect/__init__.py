"""BigQuery ML's grammar on top of sqlglot, and its statements as DuckDB runs them.

Knows SQL and model cards only: neither trains nor touches a connection.
"""

from goldloop.dialect.script import parse_script
from goldloop.dialect.statements import (
    AlterModel,
    CreateModel,
    DropModel,
    ExportModel,
    HparamCandidates,
    HparamRange,
    SqlStatement,
    Statement,
    VerbatimStatement,
)

__all__ = [
    "AlterModel",
    "CreateModel",
    "DropModel",
    "ExportModel",
    "HparamCandidates",
    "HparamRange",
    "SqlStatement",
    "Statement",
    "VerbatimStatement",
    "parse_script",
]
