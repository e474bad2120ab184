"""A pack's scheme run on a small sample through the engine, from files to files."""

from collections.abc import Iterable
from pathlib import Path

from shuzhi.catalogue.packs import FOLDER, Pack, read_pack
from shuzhi.engine.outcome import Outcome
from shuzhi.engine.score import score

COLUMNS = {
    "units": "unit,name,group,status",
    "values": "unit,indicator,value,target",
    "ratings": "unit,indicator,category,rater,value,rater_unit",
    "events": "unit,indicator,points,key,reason",
    "vetoes": "unit,veto,basis",
}
Shown = tuple[str, str | None, str]  # total, rank, grade


def pack(name: str) -> Pack:
    (file,) = FOLDER.glob(f"*/{name}.yaml")
    return read_pack(file.read_text("utf-8"), file.name, file.parent.name)


def run(name: str, folder: Path, **tables: str | Iterable[str]) -> Outcome:
    """Score what is given as lines `unit,…`; cells left off at the end are blank."""
    data = folder / name
    data.mkdir()
    (data / "scheme.yaml").write_text(pack(name).body_text, "utf-8")
    for table, lines in tables.items():
        rows = [*(lines.split() if isinstance(lines, str) else lines)]
        width = COLUMNS[table].count(",")
        cells = [row + "," * (width - row.count(",")) for row in rows]
        (data / f"{table}.csv").write_text("\n".join([COLUMNS[table], *cells, ""]), "utf-8")
    return score(data / "scheme.yaml", data, folder / f"{name}-out")


def sheet(indicators: str, **units: str) -> list[str]:
    """Rows of values: one line of figures a unit, `-` for no row, `2/3` for value and target."""
    names = indicators.split()
    rows = []
    for unit, figures in units.items():
        for name, figure in zip(names, figures.split(), strict=True):
            if figure != "-":
                rows.append(f"{unit},{name},{figure.replace('/', ',')}")
    return rows


def marks(indicator: str, **given: str) -> list[str]:
    """Rows of ratings: `A=好 好@甲 | B=差` gives each mark a rater, `@` the rater's own unit."""
    rows = []
    for unit, text in given.items():
        for part in text.split("|"):
            category, _, values = part.strip().partition("=")
            for number, value in enumerate(values.split()):
                mark, _, own = value.partition("@")
                rows.append(f"{unit},{indicator},{category},r{number},{mark},{own}")
    return rows


def shown(outcome: Outcome) -> dict[str, Shown]:
    """What is published of each unit: total, rank and grade, as the file prints them."""
    rows = outcome.rows("results")
    return {row["unit"]: (row["total"], row["rank"] or None, row["grade"]) for row in rows}


def rate(outcome: Outcome, unit: str, indicator: str) -> str:
    """The rate of one indicator of one unit, as the file prints it."""
    rows = outcome.rows("nodes")
    return next(r["rate"] for r in rows if (r["unit"], r["indicator"]) == (unit, indicator))
