"""Official papers as Word files (.docx) by GB/T 9704, for Word, WPS and LibreOffice."""

from .document import write_word

__all__ = ["write_word"]
