"""Every form of statement: whether it works, why it is refused, and an example of it.

The examples run, or are refused, on a schema `shop` with a table `t` (columns id, x, y, day) and
a model `m`, with a file `booster.json` in `{directory}`; a test runs them all.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StatementForm:
    """A form of statement or clause; `reason` is the words of its refusal, empty where it works."""

    form: str
    example: str
    reason: str = ""

    @property
    def works(self) -> bool:
        """Whether it is served."""
        return not self.reason


_LINEAR = "OPTIONS(model_type='linear_reg', input_label_cols=['y'])"
_TRAINED = f"{_LINEAR} AS SELECT x, y FROM shop.t"
_SERIES = (
    "OPTIONS(model_type='arima_plus', time_series_timestamp_col='day', "
    "time_series_data_col='y', auto_arima_max_order=1, holiday_region='US')"
)

MODEL_STATEMENTS = (
    StatementForm("CREATE MODEL", f"CREATE MODEL shop.a {_TRAINED}"),
    StatementForm("CREATE OR REPLACE MODEL", f"CREATE OR REPLACE MODEL shop.m {_TRAINED}"),
    StatementForm("CREATE MODEL IF NOT EXISTS", f"CREATE MODEL IF NOT EXISTS shop.m {_TRAINED}"),
    StatementForm(
        "CREATE MODEL … TRANSFORM(…)",
        f"CREATE MODEL shop.a TRANSFORM(x * 2 AS x2, y) {_TRAINED}",
    ),
    StatementForm(
        "CREATE MODEL … AS (training_data AS (…), custom_holiday AS (…))",
        f"CREATE MODEL shop.a {_SERIES} AS (training_data AS (SELECT day, y FROM shop.t), "
        "custom_holiday AS (SELECT 'US' AS region, 'Sale' AS holiday_name, "
        "DATE '2024-01-15' AS primary_date, 1 AS preholiday_days, 1 AS postholiday_days))",
    ),
    StatementForm(
        "CREATE MODEL … INPUT(…) OUTPUT(…), of an imported file",
        "CREATE MODEL shop.a INPUT(x FLOAT64) OUTPUT(predicted_y FLOAT64) "
        "OPTIONS(model_type='xgboost', model_path='{directory}/booster.json')",
    ),
    StatementForm(
        "CREATE MODEL … REMOTE WITH CONNECTION",
        "CREATE MODEL shop.a REMOTE WITH CONNECTION c OPTIONS(endpoint='e')",
        "is of models that a remote service runs, which Goldloop does not call",
    ),
    StatementForm(
        "ALTER MODEL … SET OPTIONS",
        "ALTER MODEL shop.m SET OPTIONS(description='costs', labels=[('team', 'bi')])",
    ),
    StatementForm(
        "ALTER MODEL IF EXISTS", "ALTER MODEL IF EXISTS shop.n SET OPTIONS(description='d')"
    ),
    StatementForm("EXPORT MODEL", "EXPORT MODEL shop.m OPTIONS(uri='{directory}/m.json')"),
    StatementForm("DROP MODEL", "DROP MODEL shop.m"),
    StatementForm("DROP MODEL IF EXISTS", "DROP MODEL IF EXISTS shop.n"),
)
SCRIPT_STATEMENTS = (
    StatementForm("DECLARE", "DECLARE a, b INT64 DEFAULT 1; SELECT a + b"),
    StatementForm("SET", "DECLARE a INT64; SET a = 1; SELECT a"),
    StatementForm("SET (…) = …", "DECLARE a, b INT64; SET (a, b) = (1, 2); SELECT a + b"),
    StatementForm("SET @@dataset_id", "SET @@dataset_id = 'shop'; SELECT * FROM t"),
    StatementForm(
        "SET @@time_zone",
        "SET @@time_zone = 'UTC'",
        "the system variable @@time_zone is not available; @@dataset_id is",
    ),
    StatementForm(
        "IF … ELSEIF … ELSE … END IF",
        "IF 1 > 2 THEN SELECT 1; ELSEIF TRUE THEN SELECT 2; ELSE SELECT 3; END IF",
    ),
    StatementForm("LOOP … END LOOP, BREAK, LEAVE", "LOOP BREAK; END LOOP"),
    StatementForm(
        "WHILE … DO … END WHILE, CONTINUE, ITERATE",
        "DECLARE n INT64 DEFAULT 0; WHILE n < 2 DO SET n = n + 1; CONTINUE; END WHILE",
    ),
    StatementForm("REPEAT … UNTIL … END REPEAT", "REPEAT SELECT 1; UNTIL TRUE END REPEAT"),
    StatementForm(
        "FOR … IN (…) DO … END FOR", "FOR r IN (SELECT id FROM shop.t) DO SELECT r.id; END FOR"
    ),
    StatementForm("BEGIN … END", "BEGIN DECLARE a INT64 DEFAULT 1; SELECT a; END"),
    StatementForm(
        "BEGIN … EXCEPTION WHEN ERROR THEN … END",
        "BEGIN SELECT 1 / 0; EXCEPTION WHEN ERROR THEN SELECT @@error.message; END",
    ),
    StatementForm("RETURN", "SELECT 1; RETURN; SELECT 2"),
    StatementForm(
        "RAISE", "BEGIN RAISE USING MESSAGE = 'no'; EXCEPTION WHEN ERROR THEN SELECT 1; END"
    ),
    StatementForm("ASSERT", "ASSERT (SELECT COUNT(*) FROM shop.t) > 0 AS 'there are rows'"),
    StatementForm(
        "EXECUTE IMMEDIATE … INTO … USING",
        "DECLARE n INT64; EXECUTE IMMEDIATE 'SELECT ? + @b' INTO n USING 1, 2 AS b; SELECT n",
    ),
    StatementForm(
        "BEGIN TRANSACTION, COMMIT, ROLLBACK",
        "BEGIN TRANSACTION; DELETE FROM shop.t WHERE TRUE; ROLLBACK TRANSACTION",
    ),
    StatementForm(
        "CASE … END CASE",
        "CASE WHEN TRUE THEN SELECT 1; END CASE",
        "the statement CASE is not available; write IF … ELSEIF … END IF",
    ),
    StatementForm("CALL", "CALL shop.p(1)", "CALL is not available: there are no procedures"),
    StatementForm(
        "CREATE PROCEDURE",
        "CREATE PROCEDURE shop.p() BEGIN SELECT 1; END",
        "CREATE PROCEDURE is not available: there are no procedures",
    ),
    StatementForm(
        "#legacySQL",
        "#legacySQL\nSELECT 1",
        "#legacySQL is not available; write the script in GoogleSQL",
    ),
)
DATA_STATEMENTS = (
    StatementForm(
        "CREATE TABLE … PARTITION BY, CLUSTER BY, OPTIONS",
        "CREATE TABLE shop.u (a INT64 NOT NULL OPTIONS(description='a'), d DATE) "
        "PARTITION BY d CLUSTER BY a OPTIONS(description='u')",
    ),
    StatementForm("CREATE TABLE … AS", "CREATE OR REPLACE TABLE shop.u AS SELECT 1 AS a"),
    StatementForm("CREATE TABLE LIKE", "CREATE TABLE shop.u LIKE shop.t"),
    StatementForm("CREATE TABLE CLONE, COPY", "CREATE TABLE shop.u CLONE shop.t"),
    StatementForm("CREATE TEMP TABLE", "CREATE TEMP TABLE held AS SELECT 1 AS a"),
    StatementForm("CREATE VIEW", "CREATE OR REPLACE VIEW shop.v AS SELECT * FROM shop.t"),
    StatementForm("CREATE MATERIALIZED VIEW", "CREATE MATERIALIZED VIEW shop.v AS SELECT 1 AS a"),
    StatementForm("CREATE SCHEMA", "CREATE SCHEMA IF NOT EXISTS other OPTIONS(location='EU')"),
    StatementForm(
        "CREATE TEMP FUNCTION", "CREATE TEMP FUNCTION f(x INT64) AS (x + 1); SELECT f(1)"
    ),
    StatementForm("CREATE FUNCTION", "CREATE FUNCTION shop.f(x INT64) AS (x + 1)"),
    StatementForm(
        "CREATE FUNCTION … LANGUAGE js",
        "CREATE TEMP FUNCTION f(x FLOAT64) RETURNS FLOAT64 LANGUAGE js AS 'return x'",
        "functions in js are not available; write the function in SQL",
    ),
    StatementForm(
        "CREATE TABLE FUNCTION",
        "CREATE TABLE FUNCTION shop.f(x INT64) AS SELECT x AS y",
        "is not available; make it a view",
    ),
    StatementForm(
        "CREATE EXTERNAL TABLE",
        "CREATE EXTERNAL TABLE shop.e OPTIONS(format='CSV', uris=['gs://x'])",
        "is not available; make a view of the files, with dialect='duckdb'",
    ),
    StatementForm(
        "CREATE SNAPSHOT TABLE",
        "CREATE SNAPSHOT TABLE shop.s CLONE shop.t",
        "CREATE SNAPSHOT TABLE is not available; copy it: CREATE TABLE s AS SELECT * FROM t",
    ),
    StatementForm(
        "CREATE VECTOR INDEX",
        "CREATE OR REPLACE VECTOR INDEX i ON shop.t(x) OPTIONS(index_type = 'IVF')",
        "CREATE VECTOR INDEX is not available, nor needed; leave it out: VECTOR_SEARCH compares "
        "every row, and is exact",
    ),
    StatementForm(
        "CREATE SEARCH INDEX",
        "CREATE SEARCH INDEX i ON shop.t(ALL COLUMNS)",
        "CREATE SEARCH INDEX is not available, nor needed; leave it out: every row is searched",
    ),
    StatementForm(
        "ALTER TABLE … ADD, DROP, RENAME COLUMN", "ALTER TABLE shop.t ADD COLUMN z STRING"
    ),
    StatementForm(
        "ALTER TABLE … SET OPTIONS(description)", "ALTER TABLE shop.t SET OPTIONS(description='d')"
    ),
    StatementForm("INSERT", "INSERT shop.t (id, x) VALUES (100, 1.0)"),
    StatementForm("UPDATE", "UPDATE shop.t SET x = 0 WHERE TRUE"),
    StatementForm("DELETE", "DELETE shop.t WHERE id > 5"),
    StatementForm("TRUNCATE TABLE", "TRUNCATE TABLE shop.t"),
    StatementForm(
        "MERGE",
        "MERGE shop.t USING (SELECT 1 AS id, 2.0 AS x) AS s ON t.id = s.id "
        "WHEN MATCHED THEN UPDATE SET x = s.x WHEN NOT MATCHED THEN INSERT (id, x) VALUES (id, x)",
    ),
    StatementForm(
        "GRANT, REVOKE",
        "GRANT SELECT ON TABLE shop.t TO 'x'",
        "GRANT is not available; a DuckDB file has no users",
    ),
    StatementForm(
        "LOAD DATA",
        "LOAD DATA INTO shop.u FROM FILES(format='CSV', uris=['x'])",
        "LOAD DATA is not available; with dialect='duckdb', INSERT INTO t FROM 'files/*.parquet'",
    ),
    StatementForm(
        "EXPORT DATA",
        "EXPORT DATA OPTIONS(uri='gs://x/*.csv', format='CSV') AS SELECT 1",
        "EXPORT DATA is not available; with dialect='duckdb', COPY (query) TO 'file.parquet'",
    ),
)
QUERY_FORMS = (
    StatementForm("`project.dataset.table`", "SELECT * FROM `my-project.shop.t`"),
    StatementForm("dataset.INFORMATION_SCHEMA", "SELECT * FROM shop.INFORMATION_SCHEMA.COLUMNS"),
    StatementForm("SELECT * EXCEPT, REPLACE", "SELECT * EXCEPT (x) REPLACE (0 AS y) FROM shop.t"),
    StatementForm("SELECT AS STRUCT, AS VALUE", "SELECT AS STRUCT id, x FROM shop.t"),
    StatementForm("UNNEST … WITH OFFSET", "SELECT * FROM UNNEST([1, 2]) AS a WITH OFFSET AS i"),
    StatementForm(
        "QUALIFY", "SELECT id FROM shop.t WHERE TRUE QUALIFY RANK() OVER (ORDER BY x) = 1"
    ),
    StatementForm("WINDOW", "SELECT SUM(x) OVER w FROM shop.t WINDOW w AS (ORDER BY id)"),
    StatementForm(
        "PIVOT", "SELECT * FROM (SELECT id, x FROM shop.t) PIVOT(SUM(x) FOR id IN (1, 2))"
    ),
    StatementForm("UNPIVOT", "SELECT * FROM shop.t UNPIVOT(v FOR name IN (x, y))"),
    StatementForm("TABLESAMPLE", "SELECT * FROM shop.t TABLESAMPLE SYSTEM (50 PERCENT)"),
    StatementForm("WITH RECURSIVE", "WITH RECURSIVE r AS (SELECT 1 AS n) SELECT * FROM r"),
    StatementForm(
        "wildcard tables",
        "SELECT * FROM `shop.t_*`",
        "is not available; name the tables, or union them in a view",
    ),
    StatementForm(
        "FOR SYSTEM_TIME AS OF",
        "SELECT * FROM shop.t FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP()",
        "FOR SYSTEM_TIME AS OF is not available: DuckDB keeps no past states",
    ),
)
STATEMENTS = (*MODEL_STATEMENTS, *SCRIPT_STATEMENTS, *DATA_STATEMENTS, *QUERY_FORMS)
