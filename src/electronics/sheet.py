"""A sheet of photographs with what the serving models say of them, and the truth.

`python -m electronics.sheet [FILE]` draws it from the warehouse, in plain DuckDB: photographs of
the holdout, as they come by the hash of their names, at least one of them left to a technician if
there is one, and below them the panel's of no device or several. Green: right; red: wrong; amber:
left to a technician.
"""

import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
from PIL import Image, ImageDraw, ImageFont

DEFAULT = Path("docs/images/photographs.png")
COLUMNS, ROWS, ROWS_OF_MISTAKES = 8, 4, 1
TILE, MARGIN, CAPTION = 128, 8, 34
COLOURS = {"right": (40, 150, 70), "wrong": (200, 50, 40), "technician": (225, 160, 30)}

# md5, so that nobody has chosen which are shown.
QUERY = """
with holdout as (
    select photo_id, embedding, damage_type, severity from gold.damage_holdout_photographs
),
judged as (
    select
        photo_id,
        damage_type,
        severity as true_severity,
        unnest(ml.damage_assessment(holdout)),
        unnest(ml.damage_severity(holdout))
    from holdout
)
select
    photo_id,
    predicted_damage_type as said,
    list_max([p.prob for p in predicted_damage_type_probs]) as probability,
    greatest(0, least(1, predicted_severity)) as said_severity,
    damage_type as truth,
    true_severity
from judged
order by md5(photo_id)
"""
QUERY_OF_MISTAKES = """
with holdout as (
    select photo_id, embedding, in_view as truth from gold.in_view_holdout_photographs
),
judged as (
    select photo_id, truth, unnest(ml.device_in_view(holdout)) from holdout
)
select
    photo_id,
    predicted_in_view as said,
    list_max([p.prob for p in predicted_in_view_probs]) as probability,
    null as said_severity,
    truth,
    null as true_severity
from judged
where truth != 'one_device'
order by md5(photo_id)
"""


@dataclass(frozen=True)
class Shown:
    """A photograph, what is said of it and what is true."""

    photo_id: str
    said: str
    probability: float
    said_severity: float | None
    truth: str
    true_severity: float | None

    def verdict(self, threshold: float) -> str:
        """A key of `COLOURS`."""
        if self.probability < threshold:
            return "technician"
        return "right" if self.said == self.truth else "wrong"

    def captions(self) -> tuple[str, str]:
        """What is said, with its probability, above what is true; severities at the end."""
        said = f"{self.said} {self.probability:.0%}"
        if self.said_severity is None:
            return _plain(said), _plain(f"is: {self.truth}")
        return (
            _plain(f"{said}, {self.said_severity:.2f}"),
            _plain(f"is: {self.truth}, {self.true_severity:.2f}"),
        )


def main(arguments: list[str] | None = None) -> int:
    """Draw the sheet; returns the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    target = Path(given[0]) if given else DEFAULT
    database = os.environ.get("GOLDLOOP_DATABASE", "warehouse.duckdb")
    if not Path(database).exists():
        print(f"error: no warehouse at {database}: run `make build` first", file=sys.stderr)
        return 2
    with duckdb.connect(database, read_only=True) as con:
        sheet = draw_sheet(con)
    target.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(target, optimize=True)
    print(f"{target}: {target.stat().st_size / 1000:.0f} KB")
    return 0


def draw_sheet(con: duckdb.DuckDBPyConnection) -> Image.Image:
    """The sheet of a warehouse that has been built."""
    threshold = con.sql("select threshold from gold.technician_threshold").fetchall()[0][0]
    assessed = chosen(_rows(con, QUERY), COLUMNS * ROWS, threshold)
    mistaken = _rows(con, QUERY_OF_MISTAKES)[: COLUMNS * ROWS_OF_MISTAKES]
    step, row = TILE + MARGIN, TILE + CAPTION + MARGIN
    rows = ROWS + ROWS_OF_MISTAKES
    sheet = Image.new("RGB", (COLUMNS * step + MARGIN, rows * row + MARGIN), (255, 255, 255))
    for index, shown in enumerate(assessed + mistaken):
        # Of no device or several nothing is left to a technician: an agent looks anyway.
        verdict = shown.verdict(threshold if index < len(assessed) else 0)
        left = MARGIN + index % COLUMNS * step
        top = MARGIN + index // COLUMNS * row
        _draw(sheet, left, top, _content(con, shown.photo_id), shown, COLOURS[verdict])
    return sheet.quantize(256)


def chosen(photographs: list[Shown], n: int, threshold: float) -> list[Shown]:
    """The first n; if all of these are answered, the first that is not stands for the last."""
    first = photographs[:n]
    doubted = [each for each in photographs if each.verdict(threshold) == "technician"]
    if not doubted or any(each in first for each in doubted):
        return first
    return [*first[:-1], doubted[0]]


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[Shown]:
    return [Shown(*row) for row in con.execute(query).fetchall()]


def _content(con: duckdb.DuckDBPyConnection, photo_id: str) -> bytes:
    query = "select content from bronze.bronze_photographs where photo_id = ?"
    content: bytes = con.execute(query, [photo_id]).fetchall()[0][0]
    return content


def _draw(
    sheet: Image.Image,
    left: int,
    top: int,
    content: bytes,
    shown: Shown,
    colour: tuple[int, int, int],
) -> None:
    draw = ImageDraw.Draw(sheet)
    box = (left - 3, top - 3, left + TILE + 2, top + TILE + CAPTION)
    draw.rectangle(box, fill=(250, 250, 250), outline=colour, width=3)
    with Image.open(io.BytesIO(content)) as photograph:
        large = photograph.convert("RGB").resize((TILE, TILE), Image.Resampling.NEAREST)
    sheet.paste(large, (left, top))
    font = ImageFont.load_default(12)
    for line, text in enumerate(shown.captions()):
        draw.text((left + 3, top + TILE + 2 + 14 * line), text, fill=(30, 30, 30), font=font)


def _plain(text: str) -> str:
    return text.replace("_", " ").replace("devices", "dev.")


if __name__ == "__main__":
    sys.exit(main())
