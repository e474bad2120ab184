"""Fonts of printed papers: the bundled ones first, so that a paper looks the same everywhere."""

from functools import cache
from pathlib import Path
from typing import Final

import typst
from django.conf import settings

# Typefaces that the standard asks for, and what stands in for them, best first.
SERIF: Final = ("Noto Serif SC", "Noto Serif CJK SC")
SANS: Final = ("Noto Sans SC", "Noto Sans CJK SC")
CANDIDATES: Final = {
    "xiaobiaosong": ("FZXiaoBiaoSong-B05S", *SERIF),
    "fangsong": ("FangSong", "Zhuque Fangsong", *SERIF),
    "song": ("SimSun", *SERIF),
    "kai": ("KaiTi", "LXGW WenKai", *SERIF),
    "hei": ("SimHei", *SANS),
}
LAST: Final = "Noto Sans CJK SC"


def bundled_folders() -> list[Path]:
    """Return the folders of fonts that set-up placed among the assets, if any."""
    vendor = Path(settings.PACKAGE) / "web" / "assets" / "vendor"
    return sorted({found.parent for found in vendor.rglob("*.[to]t[fc]")})


@cache
def fonts() -> typst.Fonts:
    """Return the fonts for typst: only bundled ones where there are any, else the system's."""
    folders = bundled_folders()
    return typst.Fonts(
        include_system_fonts=not folders,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )


@cache
def families() -> dict[str, list[str]]:
    """Return for each typeface the families at hand, best first; never empty."""
    known = set(fonts().families())
    chosen = {face: [name for name in names if name in known] for face, names in CANDIDATES.items()}
    anything = [*chosen["hei"], *sorted(known), LAST]
    return {face: names or anything[:1] for face, names in chosen.items()}
