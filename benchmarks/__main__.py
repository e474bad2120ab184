"""`python -m benchmarks [word…]`: run all benchmarks, or those whose module name has a word.

Writes var/bench.json and, for each benchmark that was run, its table in docs/performance.md;
exit code 1 if a target is missed.
"""

import importlib
import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import django

from benchmarks.measure import Result

ROOT = Path(__file__).resolve().parent.parent
REPORT = Path(os.environ.get("SHUZHI_VAR", ROOT / "var")) / "bench.json"
PAGE = ROOT / "docs/performance.md"
BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
HEAD = "| what | ours | baseline | ratio | target | |\n|---|---:|---:|---:|---:|---|"


def modules(words: list[str]) -> list[str]:
    """Return the dotted names of the benchmarks to run."""
    paths = sorted((ROOT / "benchmarks").rglob("bench_*.py"))
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths]
    return [name for name in names if not words or any(word in name for word in words)]


def amount(value: float | None, unit: str) -> str:
    """Write a measured value for people: 12 ms, 1.35 s, 210 MiB."""
    if value is None:
        return ""
    if unit == "s" and value < 1:
        return f"{value * 1000:.3g} ms"
    return f"{value:.3g} {unit}"


def row(item: Result) -> str:
    """Write one result as a row of the table."""
    unit, ratio = item["unit"], item["ratio"]
    target = f"≤ {amount(item['target'], unit)}" if ratio is None else f"≥ {item['target']:g} ×"
    cells = [
        item["name"],
        amount(item["ours_s"], unit),
        amount(item["baseline_s"], unit),
        "" if ratio is None else f"{ratio:.2f} ×",
        target,
        "ok" if item["ok"] else "**missed**",
    ]
    return f"| {' | '.join(cells)} |"


def machine() -> str:
    """Say what the figures were measured on."""
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    day = datetime.now(UTC).date().isoformat()
    return (
        f"{day}, {os.cpu_count()} cores, {gib:.0f} GiB, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}"
    )


def headings() -> dict[str, str]:
    """Return every benchmark's heading on the page, by module: the first line of its docstring."""
    documents = {name: importlib.import_module(name).__doc__ or name for name in modules([])}
    return {name: text.splitlines()[0].rstrip(".") for name, text in documents.items()}


def write_report(results: list[Result]) -> None:
    """Put results into the JSON, in place of earlier ones of the same name."""
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    earlier = json.loads(REPORT.read_text("utf-8")) if REPORT.exists() else []
    names = {item["name"] for item in results}
    kept = [item for item in earlier if item["name"] not in names]
    REPORT.write_text(json.dumps(kept + results, ensure_ascii=False, indent=1) + "\n", "utf-8")


def write_page(module: str, results: list[Result]) -> None:
    """Put a benchmark's table on the page; the tables of the others stay as they were measured."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    held, _, after = rest.partition(END)
    parts = (part.partition("\n") for part in held.split("\n## ")[1:])
    tables = {heading: body.strip() for heading, _newline, body in parts}
    known = headings()
    tables[known[module]] = "\n".join([f"{machine()}.", "", HEAD, *map(row, results)])
    shown = [f"## {name}\n\n{tables.get(name, 'Not measured yet.')}\n" for name in known.values()]
    PAGE.write_text("\n".join([before + BEGIN, *shown, END + after.rstrip()]) + "\n", "utf-8")


def main(words: list[str]) -> int:
    """Run, print and write one after the other, in a runtime folder that is thrown away.

    Returns 1 if any target is missed.
    """
    good = True
    with tempfile.TemporaryDirectory(prefix="shuzhi-bench-") as folder:
        os.environ |= {"SHUZHI_VAR": folder, "DJANGO_SETTINGS_MODULE": "shuzhi.web.settings"}
        django.setup()
        for name in modules(words):
            print(f"— {name}", flush=True)
            results = importlib.import_module(name).run()
            for item in results:
                print(row(item), flush=True)
            write_report(results)
            write_page(name, results)
            good = good and all(item["ok"] for item in results)
    return int(not good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
