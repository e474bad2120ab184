"""OOXML elements, put where the schema wants them: Word refuses what stands out of order."""

from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# Sequences of ECMA-376 for the elements that we add by hand (and those around them).
ORDER: Final = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr"
    " suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct"
    " topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind"
    " contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint"
    " noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect"
    " bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc"
    " tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText"
    " vAlign hideMark",
}


def element(name: str, **attributes: object) -> Any:
    """Return an OOXML element with attributes of the main namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def place(parent: Any, child: Any) -> None:
    """Insert `child` into a properties element at its place, instead of one of the same name."""
    for old in parent.findall(child.tag):
        parent.remove(old)
    names = [qn(f"w:{name}") for name in ORDER[parent.tag.split("}")[1]].split()]
    later = set(names[names.index(child.tag) + 1 :])
    following = next((other for other in parent if other.tag in later), None)
    if following is None:
        parent.append(child)
    else:
        following.addprevious(child)
