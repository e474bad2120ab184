"""Official papers as Word files (.docx) by GB/T 9704, for Word, WPS and LibreOffice."""

from .document import write_word
from .reading import require_word

__all__ = ["require_word", "write_word"]
