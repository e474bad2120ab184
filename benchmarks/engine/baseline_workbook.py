"""The plainest script: pandas and openpyxl, trimmed means per category, rank, write."""

import sys

import pandas as pd


def trimmed(marks: "pd.Series[float]") -> float:
    """The mean without the highest and the lowest."""
    return float(marks.sort_values().iloc[1:-1].mean())


def main(book: str, out: str) -> None:
    """Read, trim, weight, rank, write."""
    rows = pd.concat(pd.read_excel(book, sheet_name=None, engine="openpyxl").values())
    cells = rows.groupby(["unit", "indicator", "category"])["value"].apply(trimmed).reset_index()
    cells["weight"] = cells["category"].map({"A": 0.5, "B": 0.3, "C": 0.2})
    cells["part"] = cells["value"] * cells["weight"]
    totals = (
        cells.groupby(["unit", "indicator"])["part"]
        .sum()
        .groupby("unit")
        .mean()
        .reset_index(name="total")
    )
    totals["rank"] = totals["total"].rank(ascending=False, method="min")
    totals.to_csv(out, index=False)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
