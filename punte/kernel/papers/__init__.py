"""Files that are printed: the content goes in as data, never as markup, and the same content gives the same bytes."""

from punte.kernel.papers.docx import dated
from punte.kernel.papers.pdf import FOLDER, LANGUAGE, pdf

CONTENT_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

__all__ = ["CONTENT_TYPES", "FOLDER", "LANGUAGE", "dated", "pdf"]
