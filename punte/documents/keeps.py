"""What the file of a case keeps of somebody."""

from django.utils.translation import pgettext_lazy

from punte.people.keeps import TELLS_OF_OTHERS, kept_with_file

KEEPS = (
    kept_with_file(
        pgettext_lazy("own file", "Documents of cases"), "documents.FiledDocument", why_not=TELLS_OF_OTHERS
    ),
    kept_with_file(
        pgettext_lazy("own file", "Signed copies of papers"), "documents.SignedCopy", why_not=TELLS_OF_OTHERS
    ),
)
