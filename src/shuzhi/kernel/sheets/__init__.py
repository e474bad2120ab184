"""Excel and CSV, out and in: tables that a clerk can fill in and that never execute anything."""

from .model import Cell, Column, Grid, Kind, Limits, Record, Sheet
from .reading import read_csv, read_sheet, read_workbook, sheet_names
from .records import find_header, read_cell, records
from .writing import write_csv, write_workbook

__all__ = [
    "Cell",
    "Column",
    "Grid",
    "Kind",
    "Limits",
    "Record",
    "Sheet",
    "find_header",
    "read_cell",
    "read_csv",
    "read_sheet",
    "read_workbook",
    "records",
    "sheet_names",
    "write_csv",
    "write_workbook",
]
