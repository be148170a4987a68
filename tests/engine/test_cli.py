"""The command line: what it prints, where, and with which exit code."""

import csv
import datetime as dt
import io
import json
import subprocess
import sys

import duckdb
import pytest

import goldloop
from goldloop.cli import main

SCRIPT = """
create table repairs as
select cast(i as float64) as age, 2.0 * i as cost from unnest(generate_array(1, 50)) as i;
create model cost options(model_type='linear_reg', input_label_cols=['cost'])
as select age, cost from repairs;
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "warehouse.duckdb"
    assert main(["sql", "-d", str(path), "--quiet", "-c", SCRIPT]) == 0
    return str(path)


@pytest.fixture
def run(trained, capsys):
    def run(command, *arguments, database=trained):
        capsys.readouterr()
        code = main([command, "-d", database, *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


class Terminal(io.StringIO):
    def isatty(self):
        return True


PREDICT = "select * from ml.predict(model cost, (select 1.5 as age, 'x' as note, null as none))"


def test_a_result_is_a_table(run):
    code, out, err = run("sql", "-c", PREDICT)
    assert (code, err) == (0, "")
    header, rule, row = out.splitlines()
    assert header.split() == ["predicted_cost", "age", "note", "none"]
    assert set(rule) == {"-", " "}
    assert row.split() == ["3", "1.5", "x"]


def test_each_query_of_a_script_has_its_table_in_order(run):
    script = """
    create temp table twos as select 2 as b;
    select 1 as a;
    for each in (select b from twos) do select each.b as b; end for;
    execute immediate 'select 3 as c';
    select 4 as d where false;
    """
    code, out, err = run("sql", "-c", script)
    assert (code, err) == (0, "")
    assert out.split() == ["a", "---", "1", "b", "---", "2", "c", "---", "3", "d", "(no", "rows)"]
    assert out.count("\n\n") == 3


def test_a_project_that_the_script_names_is_the_database(run):
    script = "select count(*) as n from `acme-prod.main.repairs`"
    code, _, err = run("sql", "-c", script)
    assert code == 1
    assert "goldloop sql --project acme-prod" in err
    for arguments in (["--project", "acme-prod", "--project", "acme-test"], []):
        code, out, _ = run("sql", *arguments, "--format", "csv", "-c", script)
        assert (code, out) == (0, "n\n50\n")


def test_as_csv_or_in_a_file_there_is_the_last_result(run, tmp_path):
    assert run("sql", "--format", "csv", "-c", "select 1 as a; select 2 as b")[1] == "b\n2\n"
    target = tmp_path / "result.txt"
    assert run("sql", "-o", str(target), "-c", "select 1 as a; select 2 as b")[1] == ""
    assert target.read_text().split() == ["b", "---", "2"]


def test_a_result_before_an_error_is_printed(run):
    code, out, err = run("sql", "-c", "select 1 as a; select nothing")
    assert (code, out.split()) == (1, ["a", "---", "1"])
    assert "nothing" in err


def test_a_result_is_csv_with_nested_values_as_json(run):
    code, out, _ = run("sql", "--format", "csv", "-c", PREDICT + ", (select [1, 2] as list)")
    assert code == 0
    (row,) = csv.DictReader(io.StringIO(out))
    assert float(row.pop("predicted_cost")) == pytest.approx(3.0)
    assert row == {"age": "1.5", "note": "x", "none": "", "list": "[1, 2]"}


def test_a_result_is_json_with_dates_as_text(run):
    code, out, _ = run("sql", "--format", "json", "-c", "select date '2026-01-31' as day, 1 as n")
    assert code == 0
    assert json.loads(out) == [{"day": "2026-01-31", "n": 1}]


def test_a_result_is_parquet_in_the_file_that_is_named(run, tmp_path):
    query = "select date '2026-01-31' as day, 1 as n"
    path = tmp_path / "rows.parquet"
    assert run("sql", "--format", "parquet", "-o", str(path), "-c", query) == (0, "", "")
    rows = duckdb.sql(f"from '{path}'").fetchall()
    assert rows == [(dt.date(2026, 1, 31), 1)]


def test_parquet_on_standard_output_is_the_file_itself(trained, tmp_path):
    path = tmp_path / "rows.parquet"
    with path.open("wb") as file:
        run = "import sys; from goldloop.cli import main; sys.exit(main(sys.argv[1:]))"
        asked = ["sql", "-d", trained, "-c", "select 7 as n", "--format", "parquet"]
        subprocess.run([sys.executable, "-c", run, *asked], stdout=file, check=True)
    assert duckdb.sql(f"from '{path}'").fetchall() == [(7,)]


def test_a_result_goes_to_the_file_that_is_named_or_the_error_names_it(run, tmp_path):
    path = tmp_path / "rows.csv"
    assert run("sql", "--format", "csv", "-o", str(path), "-c", "select 7 as n") == (0, "", "")
    assert path.read_text() == "n\n7\n"
    code, _, err = run("sql", "-o", str(tmp_path / "no" / "rows"), "-c", "select 7 as n")
    assert code == 1
    assert "cannot be written" in err


def test_no_rows_are_told_in_a_table_and_empty_otherwise(run):
    query = "select * from repairs where false"
    assert "(no rows)" in run("sql", "-c", query)[1]
    assert run("sql", "-c", query, "--format", "csv")[1] == "age,cost\n"
    assert json.loads(run("sql", "-c", query, "--format", "json")[1]) == []


def test_a_statement_without_result_prints_nothing(run):
    assert run("sql", "-c", "create temp table t as select 1 as a; drop table t") == (0, "", "")
    assert run("sql", "-c", "-- nothing") == (0, "", "")


def test_a_script_is_read_from_a_file_or_standard_input(run, tmp_path, monkeypatch):
    file = tmp_path / "script.sql"
    file.write_text("select 'ä' as letter;")
    assert "ä" in run("sql", "-f", str(file))[1]
    monkeypatch.setattr(sys, "stdin", io.StringIO("select 42 as answer"))
    assert "42" in run("sql")[1]


def test_the_duckdb_dialect_is_understood(run):
    code, out, _ = run("sql", "--dialect", "duckdb", "-c", "from repairs select count(*) as n")
    assert code == 0
    assert out.split() == ["n", "---", "50"]


def test_each_training_is_one_line_on_a_terminal_unless_quiet(run, tmp_path, monkeypatch):
    database = str(tmp_path / "new.duckdb")
    for arguments, expected in (((), 1), (("--quiet",), 0)):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        script = SCRIPT.replace("create ", "create or replace ")
        assert main(["sql", "-d", database, "-c", script, *arguments]) == 0
        assert len(terminal.getvalue().splitlines()) == expected
        assert expected == 0 or "cost v1: trained on 50 rows in " in terminal.getvalue()


def test_no_line_for_a_training_where_nobody_watches(run, tmp_path):
    code, _, err = run("sql", "-c", SCRIPT, database=str(tmp_path / "new.duckdb"))
    assert (code, err) == (0, "")


def test_models_are_listed(run):
    code, out, _ = run("models")
    assert code == 0
    assert out.splitlines()[0].split()[:4] == ["model", "version", "model_type", "label"]
    assert out.splitlines()[2].split()[:5] == ["main.cost", "1", "linear_reg", "cost", "50"]
    assert json.loads(run("models", "--format", "json")[1])[0]["model"] == "main.cost"


def test_a_model_is_described_on_a_page(run):
    code, out, _ = run("describe", "cost")
    assert code == 0
    for section in ("Model", "Features", "Options", "Metrics", "Versions"):
        assert section in out.splitlines()
    assert ["age", "DOUBLE"] in [line.split() for line in out.splitlines()]
    assert ["r2_score", "1"] in [line.split() for line in out.splitlines()]


def test_a_model_is_described_for_programs(run):
    described = json.loads(run("describe", "main.cost", "--format", "json")[1])
    assert described["model"]["name"] == "main.cost"
    assert described["features"] == {"age": "DOUBLE"}
    assert described["options"]["model_type"] == "linear_reg"
    assert [version["status"] for version in described["versions"]] == ["champion"]
    rows = list(csv.reader(io.StringIO(run("describe", "cost", "--format", "csv")[1])))
    assert rows[0] == ["section", "key", "value"]
    assert ["features", "age", "DOUBLE"] in rows


@pytest.mark.parametrize(
    ("command", "arguments", "words"),
    [
        ("sql", ["-c", "select *\nfrom nowhere"], "Line 1: Catalog Error"),
        ("sql", ["-c", "select * from ml.translate(model cost)"], "ML.TRANSLATE calls a remote"),
        ("sql", ["-f", "no/such/file.sql"], "The script no/such/file.sql cannot be read"),
        ("describe", ["cst"], "No model main.cst. Did you mean 'main.cost'?"),
    ],
)
def test_an_error_is_one_paragraph_and_exit_code_1(run, command, arguments, words):
    code, out, err = run(command, *arguments)
    assert (code, out) == (1, "")
    assert err.startswith("error: ")
    assert err.count("\n") == 1
    assert words in err


@pytest.mark.parametrize("arguments", [["models"], ["describe", "cost"]])
def test_commands_that_read_do_not_make_a_database(tmp_path, capsys, arguments):
    missing = tmp_path / "missing.duckdb"
    assert main([*arguments, "-d", str(missing)]) == 1
    assert "cannot be opened" in capsys.readouterr().err
    assert not missing.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["models"], "Give -d FILE, or set GOLDLOOP_DATABASE"),
        ([], "COMMAND"),
        (["train"], "invalid choice"),
        (["sql", "-d", "x", "-c", "select 1", "-f", "x"], "not allowed with"),
        (["sql", "-d", "x", "--format", "xml"], "invalid choice"),
    ],
)
def test_wrong_usage_is_told_with_exit_code_2(arguments, words, monkeypatch, capsys):
    monkeypatch.delenv("GOLDLOOP_DATABASE", raising=False)
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_the_database_may_come_from_the_environment(trained, monkeypatch, capsys):
    monkeypatch.setenv("GOLDLOOP_DATABASE", trained)
    assert main(["models"]) == 0
    assert "main.cost" in capsys.readouterr().out


def test_the_module_runs_as_a_program(trained):
    ran = subprocess.run(
        [sys.executable, "-m", "goldloop", "sql", "-d", trained, "-c", "select * from nowhere"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith("error: Line 1: Catalog Error")


def test_a_reader_that_stops_early_is_no_error(trained):
    query = "select * from unnest(generate_array(1, 100000)) as n"
    ran = subprocess.run(
        f"{sys.executable} -m goldloop sql -d {trained} --format csv -c '{query}' | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "n"
    assert ran.stderr == ""


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.strip() == f"goldloop {goldloop.__version__}"


def test_importing_goldloop_alone_loads_no_library():
    loaded = subprocess.run(
        [sys.executable, "-c", "import goldloop, sys; print(sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert not {"duckdb", "sqlglot", "sklearn", "xgboost"} & set(eval(loaded))


def test_scoring_loads_no_library_of_training(trained):
    code = (
        "import goldloop, sys\n"
        f"with goldloop.connect({trained!r}) as session:\n"
        f"    session.sql({PREDICT!r}).fetchall()\n"
        "print([name for name in ('sklearn', 'xgboost', 'scipy') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
