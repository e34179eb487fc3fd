"""What is done with the file of a case."""

from punte.documents.actions.chronology import draft_chronology, issue_chronology
from punte.documents.actions.filing import (
    correct_filed_document,
    file_documents,
    may_change,
    withdraw_filed_document,
)
from punte.documents.actions.issue import issue_document
from punte.documents.actions.package import put_package_together
from punte.documents.actions.signed_copies import add_signed_copy

__all__ = [
    "add_signed_copy",
    "correct_filed_document",
    "draft_chronology",
    "file_documents",
    "issue_chronology",
    "issue_document",
    "may_change",
    "put_package_together",
    "withdraw_filed_document",
]
