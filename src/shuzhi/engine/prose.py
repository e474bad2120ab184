"""The parts of the scheme reference that no model can say."""

BEFORE_RULES = """\
<!-- Written by `python -m shuzhi.engine.reference`; change the engine, not this page. -->
# Scheme reference

A scheme (考核方案) is a text file. The engine reads it with a directory of data and writes results; the same
scheme and data give the same bytes, whatever the order of rows, the number of threads or the backend.

```
shuzhi score SCHEME.yaml DATA_DIR --out OUT_DIR [--backend duckdb|spark] [--explain UNIT]
             [--robustness N --seed S] [--adjust] [--parquet] [--json]
             [--language zh|en]
```
Exit status 0, or 2 with every fault at once (file, line or path, what is wrong, what would be right; of one sort in
one file, the first thousand) and nothing written. Faults speak Chinese or English: by `--language`, else as `LC_ALL`, `LC_MESSAGES` or `LANG` says. `OUT_DIR`
is made anew; one that holds anything but earlier results is refused.

## Data

| file | columns | note |
|---|---|---|
| units | unit, name, group, [status] | `group` is the peer group; status `exempt`: scored, neither ranked nor graded |
| values | unit, indicator, value, [target] | `na` is not applicable; `target` overrides the scheme's target or limit |
| ratings | unit, indicator, category, rater, value, [rater_unit] | one row a mark |
| events | unit, indicator, points, [key], [reason] | positive adds, negative takes |
| vetoes | unit, veto, basis | the basis is needed |

CSV (UTF-8 with or without BOM, GB 18030), Parquet or an Excel workbook (all sheets) of the same name; of one table,
one file. Further points:

- Cells are trimmed; wholly blank rows are passed over; further columns are passed over, but for one that differs from
  a known one in capitals, blanks or dashes alone. A text over several lines is for `name`, `basis` and `reason`.
- `target` counts for leaves that have a target or a limit; units without a group are peers of one another.
- Numbers are decimals such as `12.5`, `-3` or `2.5e-4`; no thousands separator, no per cent sign. Parquet columns of
  decimals or whole numbers are read as they are (an empty cell of a numeric `value` is `na`); binary floating point
  in a small file is read as the decimal that prints it, and refused in a large one.
- A Parquet file of more than 200 000 rows is read where it stands: its cells are not trimmed, and a fault names the
  file and what stands in the row, but not the row's number.
- The figures of one leaf may need at most 27 digits, before and after the point together.
- An indicator is worth at most 1 000 000 000 points, a bonus adds or takes no more; a mark is below 100 000 000.
- All points of a scheme together, written without a point, must stay below 10 000 000 000 000.
- An error value in a workbook (`#N/A`), or a formula without its result, is a fault wherever it stands.
- A workbook that unpacks to more than 4 GiB, or to 200 times its size, is refused.
- `na` counts on a leaf of any kind; marks or events for it are then left aside.
- A table that is not there has no rows: where the scheme says what a missing row means, all are missing; without
  `events` nothing happened. Where an indicator reads `ratings`, the table must be there.
- Without the column `rater_unit` nobody is recused.
- Two rows for the same unit and indicator, or two marks by one rater of a category for the same unit and indicator,
  are a fault. A rater is known by category and label together.
- A unit or group that begins like a formula (`=`, `@`, `+` or `-` before anything but a digit) is a fault.
- An exempt unit may lack figures and marks: it is scored on what there is. It remains a peer in the relative kinds.

## Keys
"""

AFTER_RULES = """\
## Ratings

`scale` names the grades with their worth, or runs `{from: 0, to: 100}`; a rate is the mark over the top of the scale.
A category's rate is the mean (median, mean after trimming) of its marks; the leaf's is the mean of the categories,
weighted. `exclude_own` leaves out marks whose `rater_unit` is the unit itself, of all categories or of those listed.
`min_marks` is counted after that and before trimming; after trimming one mark must be left. Too few marks stop the
calculation (`short: stop`) or leave the category out (`short: renormalise`); with none left the leaf is not applicable.
A category may weigh 0: its marks are checked and shown, and count for nothing.

```yaml
rule:
  kind: ratings
  scale: {好: 100, 较好: 85, 一般: 70, 差: 50}
  categories: {A: 50, B: 30, C: 20}
  within: {trim: 1}
  short: renormalise
  exclude_own: [B]
```

## Events and bonus

`start: full` begins at the indicator's points, `start: 0` (the default) at nothing; what happened is added, and the sum
held between 0 and the points. With `once: highest`, rows of one unit and one key count once: the highest bonus and,
apart from it, the lowest deduction. An empty key never groups. A `bonus` stands at the top, outside `full`, between its
`min` and `max`; a bound that is left out does not bind. Events have at most 6 digits before and 9 after the point.

## Not applicable and missing

`na: rescale` (the default) leaves the indicator out, so that its siblings share its points; `na: full` and `na: zero`
put 1 or 0 in its place; on a branch this applies when nothing of it is left. A unit with nothing left has no total, and
is unranked. A unit without a row for a leaf that reads values is a fault unless the leaf says `missing: zero` (rate 0)
or `missing: na`. Who is not applicable or missing is no peer in the relative kinds.

## Branches

A branch is the mean of its live children, weighted by their points. With `aggregate: geometric`, `harmonic` or
`minimum` it is that mean of their rates; it must then give its points, and theirs are weights. A tree has at most 30
levels.

## Rank and grade

Ranked together are the units of one group, or with `within: all` everyone; quotas are counted over the same. Units that
are equal after all tiebreaks share a rank. Grades are given from the best down: a unit takes the first whose `min` and
`require` it meets and in whose quota it finds room, in the order of rank; a tie across the edge of the quota leaves all
the tied out, and they look to the next grade. A unit that meets no grade has none: let the last grade have no condition.
`round` of a quota is floor unless it says otherwise. A unit whose grade a veto sets takes no place of a quota, and is
counted among the ranked; with several vetoes the worst holds, a cap worse than a set grade included.

## Results

| file | columns |
|---|---|
| results | unit, name, group, total, rank, grade, status (`ranked`, `exempt`, `unranked`), bonus, vetoes (`;` between) |
| nodes | unit, indicator, rate (9 places), points (6 places), of (the indicator's points), status (`scored`, `na`, `missing`) |
| raters | rater, category, marks, severity, agreement, flat, halo, far |
| agreement | indicator, units, raters, alpha, icc_2_1, icc_2_k |
| robustness | unit, rank, p5, p50, p95, best, worst |
| adjusted | unit, total, adjusted_total, rank, adjusted_rank |
| severities | indicator, category, rater, marks, added |

- severity: the mean of own mark less the mean of the others on the same units and indicators, in % of the scale: below 0
  is stricter than the others. agreement: the correlation of the two. flat: 1 when three marks or more are all the same.
  halo: the share of units to which the rater gave the same on every indicator. far: marks more than two deviations from
  the mean of at least three others.
- alpha (interval metric) is over all marks that count; ICC over the raters who marked every unit of the indicator. What
  cannot be said (no variation, too few) is blank.
- robustness: every indicator's points × 0.9 … 1.1, drawn anew N times and rescaled among siblings; percentiles by the
  nearest rank; best and worst rank with one rater left out in turn (a category that falls short is left out too).
- adjusted and severities (`--adjust`): what the ranking would be if all raters were equally severe; never part of the
  result. Within each indicator and category a mark is taken as what the unit deserves plus what the rater adds (least
  squares over units × raters; `added`, in % of the scale, comes to nothing over all marks), and the categories are
  joined anew from the marks without what was added. Raters who share no unit with the others, even through a chain,
  are compared only among themselves. Where everybody marked every unit and `within` is mean, nothing moves.
- Without a ratings indicator raters and agreement hold no row.
- manifest.json: engine version, SHA-256 of the scheme, of each input and of each output.

## Numbers

Everything is whole-number arithmetic. A rate is the exact quotient rounded half up, away from zero, to 9 places; what is
computed from rates starts from these. The total is `full` × the mean of the live top rates weighted by their points,
plus the bonus, rounded half up to 6 places and from there to `places`: 89.995 prints as 90.00 and, with
`rank_on: published`, is graded as 90.00. With `rank_on: exact` the 6-place total counts. Zscore and geometric rates are
computed in double precision and rounded to 6 places; a geometric mean of equal rates is that rate, half up.

## Spark

`--backend spark` runs the same expressions on Spark and writes the same bytes. It needs Java 17 and
`.venv/bin/pip install --require-hashes -r requirements/spark.txt`. Without a cluster it starts two threads of its own
(`--threads N`, `--memory 2GB`); small data are quicker on DuckDB.

On a cluster, put the tables as Parquet where all workers read them, a folder a table, parted by county:

```
/data/2026/units.parquet/county=c001/part-0.parquet
/data/2026/values.parquet/county=c001/part-0.parquet
```

and run the command where `spark-submit` would run:

```
SPARK_MASTER=spark://host:7077 shuzhi score scheme.yaml /data/2026 --out /data/2026-results --backend spark
```

`SPARK_MASTER` names the cluster; memory, cores and the rest come from `spark-defaults.conf`. The workers need
Python (`PYSPARK_PYTHON` names it where they run) and nothing of this product. Figures stand as decimals, whole numbers
or text, never as floats. With the counties apart, a unit's rows lie together, and what the workers exchange is one row
a unit. Results are ordered by unit and written by the process that runs the command.
"""
