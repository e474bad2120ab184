"""`python -m benchmarks [word…]`: run all benchmarks, or those whose module name has a word.

Writes var/bench.json and the table in docs/performance.md; exit code 1 if a target is missed.
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


def write(results: list[Result], *, whole: bool) -> None:
    """Write the JSON always, the page only after a whole run."""
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if whole:
        before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        table = "\n".join([f"Measured {machine()}.", "", HEAD, *map(row, results)])
        PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}", "utf-8")


def measured(words: list[str]) -> list[Result]:
    """Run the benchmarks, printing as they go, in a runtime folder that is thrown away."""
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="shuzhi-bench-") as folder:
        os.environ |= {"SHUZHI_VAR": folder, "DJANGO_SETTINGS_MODULE": "shuzhi.web.settings"}
        django.setup()
        for name in modules(words):
            print(f"— {name}", flush=True)
            for item in importlib.import_module(name).run():
                results.append(item)
                print(row(item), flush=True)
    return results


def main(words: list[str]) -> int:
    """Run, print and write; return 1 if any target is missed."""
    results = measured(words)
    write(results, whole=not words)
    return int(not all(item["ok"] for item in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
