"""Scoring from files to files: read, check, calculate, write; or say everything that is wrong."""

import json
import shutil
import tempfile
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from shuzhi import __version__
from shuzhi.engine import adjust, outputs, raters, robust
from shuzhi.engine.backends import connect
from shuzhi.engine.checks import check_inputs, check_profiles, check_standing, check_unit
from shuzhi.engine.explain import Node, explained
from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.formats import write_csv, write_parquet
from shuzhi.engine.outcome import Outcome
from shuzhi.engine.run import Run
from shuzhi.engine.say import Language, quoted, say
from shuzhi.engine.scheme import Scheme, load_scheme, parse_scheme
from shuzhi.engine.tables import Inputs, Rows, digest_of, read_directory, read_tables

Data = Path | str | Mapping[str, pa.Table | Rows]
TABLES = ("results", "nodes", "raters")  # with the raters goes their agreement
EMPTY = parse_scheme("scheme: none\nindicators: [{id: none, points: 1, rule: {kind: flag}}]")


@dataclass(frozen=True)
class Wish:
    """What to write besides the results."""

    tables: Collection[str] = TABLES
    explain: str | None = None
    language: Language = "zh"
    robustness: int | None = None
    seed: int = 0
    adjust: bool = False
    parquet: bool = False


def score(
    scheme: Scheme | Path | str,
    data: Data,
    out_dir: Path | str | None,
    *,
    backend: str = "duckdb",
    explain: str | None = None,
    language: Language = "zh",
    robustness: int | None = None,
    seed: int = 0,
    adjust: bool = False,
    parquet: bool = False,
    tables: Collection[str] = TABLES,
    options: Mapping[str, Any] | None = None,
) -> Outcome:
    """Score the data by the scheme and write the result to `out_dir` (None: only return it).

    `data` is a directory or tables by name; `explain` a unit whose derivation is wanted,
    in `language`; `robustness` a number of variations of the points; `adjust` adds what the
    ranking would be if all raters were equally severe; `options` go to the backend.
    Raises Faults, with every fault in scheme and data, and then writes nothing.
    """
    faults: list[Fault] = [] if out_dir is None else _occupied(Path(out_dir).resolve())
    read = _scheme(scheme, faults)
    inputs = read_inputs(data, faults)
    wish = Wish(tables, explain, language, robustness, seed, adjust, parquet)
    target = (
        Path(tempfile.mkdtemp(prefix="shuzhi-")) / "out"
        if out_dir is None
        else Path(out_dir).resolve()  # what a link names, not the link
    )
    try:
        with connect(backend, **(options or {})) as engine:
            run = Run(
                read or EMPTY, inputs, engine, "nodes" in tables, faults, ruled=read is not None
            )
            derivation = _written(run, wish, target)
    except BaseException as error:
        if out_dir is None:
            shutil.rmtree(target.parent)
        if isinstance(error, Faults):  # of the backend, beside what was found before
            raise Faults([*faults, *error.faults]) from None
        raise
    outcome = Outcome(run.scheme, target, derivation)
    if out_dir is None:  # nobody named a directory: it goes when the outcome does
        weakref.finalize(outcome, shutil.rmtree, target.parent, ignore_errors=True)
    return outcome


def _scheme(scheme: Scheme | Path | str, faults: list[Fault]) -> Scheme | None:
    if isinstance(scheme, Scheme):
        return scheme
    try:
        return load_scheme(scheme)
    except Faults as error:
        faults.extend(error.faults)
        return error.usable


def read_inputs(data: Data, faults: list[Fault]) -> Inputs:
    """The tables in a directory or a mapping; what cannot be read is added to `faults`."""
    if isinstance(data, Mapping):
        return read_tables(data, faults)
    return read_directory(Path(data), faults)


def checked(run: Run) -> None:
    """Everything that can be wrong with the data, before anything is written. Raises Faults."""
    check_inputs(run)
    check_profiles(run)
    run.stop()
    check_standing(run)
    run.stop()


def _written(run: Run, wish: Wish, target: Path) -> Node | None:
    """Write into a folder beside the target, then put it in the target's place."""
    derivation = None
    if wish.explain is not None:
        check_unit(run, wish.explain)
    checked(run)
    if wish.explain is not None:
        derivation = explained(run, wish.explain, wish.language)
    work = _workplace(target)
    try:
        _write_tables(run, wish, work)
        (work / "manifest.json").write_text(manifest(run, work), encoding="utf-8")
        work.chmod(0o755)
        _replace(work, target)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return derivation


def _occupied(target: Path) -> list[Fault]:
    """What speaks against writing there: only what the engine itself wrote is replaced."""
    try:
        ours = _ours(target)
        free = not target.exists() or all(path.name in ours for path in target.iterdir())
    except OSError as error:
        return [_unwritable(target, error)]
    what, right = say("holds something else than results"), say("name an empty or a new directory")
    return [] if free else [Fault(str(target), what, right, "out")]


def _ours(target: Path) -> set[str]:
    """The files that an earlier calculation wrote there, as its manifest says."""
    try:
        told = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
        return {"manifest.json", *told["outputs"]} if "engine" in told else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _unwritable(target: Path, error: OSError) -> Fault:
    what = say("cannot be written ({error})", error=quoted(error.strerror or str(error)))
    return Fault(str(target), what, say("name another directory"), "out")


def _workplace(target: Path) -> Path:
    """A folder beside the target, which the results will be moved from. Raises Faults."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise Faults([_unwritable(target, error)]) from error


def _replace(work: Path, target: Path) -> None:
    """Put the new folder where the old one was."""
    if target.exists():
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        target.rename(aside / target.name)
        try:
            work.rename(target)
        except OSError:
            (aside / target.name).rename(target)
            raise
        finally:
            shutil.rmtree(aside)
    else:
        work.rename(target)


def _write_tables(run: Run, wish: Wish, work: Path) -> None:
    for sheet in _sheets(run, wish):
        batches = list(sheet.batches) if wish.parquet else sheet.batches
        write_csv(work / f"{sheet.name}.csv", sheet.columns, batches, sheet.text)
        if wish.parquet:
            write_parquet(work / f"{sheet.name}.parquet", map(sheet.typed, batches))


@dataclass(frozen=True)
class Sheet:
    """One table that is written: its batches, and how they become text or typed columns."""

    name: str
    columns: list[str]
    batches: Iterable[outputs.Batch]
    text: Callable[[outputs.Batch], pa.Table]
    typed: Callable[[outputs.Batch], pa.Table]


def _sheets(run: Run, wish: Wish) -> Iterator[Sheet]:
    text, typed = (
        partial(outputs.results_text, run.scheme),
        partial(outputs.results_typed, run.scheme),
    )
    yield Sheet("results", outputs.RESULTS, outputs.results(run), text, typed)
    if "nodes" in wish.tables:
        yield Sheet(
            "nodes", outputs.NODES, outputs.nodes(run), outputs.nodes_text, outputs.nodes_typed
        )
    rated = bool(run.scheme.of_kind("ratings"))
    if "raters" in wish.tables:  # without ratings they are there, and hold nothing
        yield _listed("raters", raters.RATERS, raters.raters(run) if rated else ())
        yield _listed("agreement", raters.AGREEMENT, raters.agreement(run) if rated else ())
    if wish.adjust and rated:
        model = adjust.Model.of(run)
        yield _listed("adjusted", adjust.ADJUSTED, adjust.adjusted(run, model))
        yield _listed("severities", adjust.SEVERITIES, adjust.severities(run, model))
    if wish.robustness:
        found = robust.robustness(run, wish.robustness, wish.seed)
        yield _listed("robustness", robust.COLUMNS, found)


def _listed(name: str, columns: list[str], rows: Iterable[list[str]]) -> Sheet:
    """A sheet of rows that are text already."""
    found = list(rows)
    arrays = [pa.array([row[place] for row in found], pa.string()) for place in range(len(columns))]
    table: outputs.Batch = dict(zip(columns, arrays, strict=True))
    return Sheet(name, columns, [table], pa.table, pa.table)


def manifest(run: Run, work: Path) -> str:
    """What went in, what came out and which engine did it, with SHA-256 of each."""
    content = {
        "engine": __version__,
        "scheme": {
            "id": run.scheme.scheme,
            "version": str(run.scheme.version),
            "sha256": run.scheme.digest,
        },
        "inputs": {
            given.label: given.digest
            for given in sorted(run.inputs.values(), key=lambda g: g.label)
        },
        "outputs": {file.name: digest_of(file) for file in sorted(work.iterdir())},
    }
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


__all__ = ["Outcome", "score"]
