"""The command `shuzhi score`: files in, files out, faults in plain words."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.say import Language, speaks_chinese

GOOD, BAD = 0, 2


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    command = argparse.ArgumentParser(prog="shuzhi score", description="Score data by a scheme.")
    command.add_argument("scheme", metavar="SCHEME", help="the scheme, a YAML file")
    command.add_argument(
        "data", metavar="DATA_DIR", help="the directory of units, values, ratings, events, vetoes"
    )
    command.add_argument("--out", required=True, metavar="OUT_DIR", help="where the results go")
    command.add_argument("--backend", default="duckdb", help="duckdb (default) or spark")
    command.add_argument(
        "--explain", metavar="UNIT", help="print how this unit's score comes about"
    )
    command.add_argument(
        "--language",
        choices=("zh", "en"),
        help="of faults (default: the terminal's) and of --explain (default: zh)",
    )
    command.add_argument("--robustness", type=number, metavar="N", help="vary the points N times")
    command.add_argument("--seed", type=int, default=0, help="of the variations")
    command.add_argument(
        "--adjust",
        action="store_true",
        help="show beside the result what it would be if all raters were equally severe",
    )
    command.add_argument("--parquet", action="store_true", help="write Parquet too")
    command.add_argument("--threads", type=number, help="at most so many threads")
    command.add_argument("--memory", help="at most so much memory, such as 2GB")
    command.add_argument(
        "--only-results", action="store_true", help="write results, no other table"
    )
    command.add_argument(
        "--json", action="store_true", help="print the results, or the faults, as JSON"
    )
    return command


def number(text: str) -> int:
    found = int(text)
    if found < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 0, or 2 for faults in the input."""
    wish = parser().parse_args(argv)
    from shuzhi.engine.score import TABLES, score

    options = {name: value for name in ("threads", "memory") if (value := getattr(wish, name))}
    try:
        outcome = score(
            wish.scheme,
            wish.data,
            wish.out,
            backend=wish.backend,
            explain=wish.explain,
            language=wish.language or "zh",
            robustness=wish.robustness,
            seed=wish.seed,
            adjust=wish.adjust,
            parquet=wish.parquet,
            tables=("results",) if wish.only_results else TABLES,
            options=options,
        )
    except Faults as faults:
        spoken: Language = "zh" if speaks_chinese() else "en"
        _print_faults(faults.faults, wish.language or spoken, as_json=wish.json)
        return BAD
    if wish.json:
        told: dict[str, Any] = {"manifest": outcome.manifest, "results": outcome.rows("results")}
        if outcome.derivation is not None:
            told["derivation"] = asdict(outcome.derivation)
        print(json.dumps(told, ensure_ascii=False))
    elif outcome.derivation is not None:
        from shuzhi.engine.explain import as_text

        print(as_text(outcome.derivation))
    return GOOD


def _print_faults(faults: Sequence[Fault], language: Language, *, as_json: bool) -> None:
    if as_json:
        found = [fault.parts(language) for fault in faults]
        print(json.dumps({"faults": found}, ensure_ascii=False))
    for fault in faults:
        print(fault.text(language), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
