"""Typefaces by the names that Word and WPS know, and what stands in where one is missing."""

from typing import Any, Final

from docx.oxml.ns import nsdecls, qn

XIAOBIAOSONG: Final = "方正小标宋简体"
FANGSONG: Final = "仿宋"
HEI: Final = "黑体"
KAI: Final = "楷体"
SONG: Final = "宋体"
# Other names of the same face, for machines that have it under one of these.
OTHER_NAMES: Final = {
    XIAOBIAOSONG: "FZXiaoBiaoSong-B05S,方正小标宋_GBK,华文中宋",
    FANGSONG: "仿宋_GB2312,FangSong,华文仿宋",
    HEI: "SimHei,方正黑体简体",
    KAI: "楷体_GB2312,KaiTi,华文楷体",
    SONG: "SimSun,新宋体",
}
CHINESE: Final = "86"  # the character set GB 2312


def font_table() -> bytes:
    """Return the part `fontTable.xml` for our faces."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="{CHINESE}"/>'
        '<w:family w:val="auto"/></w:font>'
        for name, others in OTHER_NAMES.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()
    )


def set_face(properties: Any, face: str) -> None:
    """Give a run (or style) one face for Chinese and Latin, so that quotes stay full width."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for key in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{key}"), face)
    fonts.set(qn("w:hint"), "eastAsia")
