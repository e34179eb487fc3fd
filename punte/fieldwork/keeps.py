"""What comes from devices is kept until it is part of the record, and how."""

from django.utils.translation import pgettext_lazy

from punte.accounts.guests import Guest
from punte.people.keeps import REPEATS, TELLS_OF_OTHERS, kept_with_file

KEPT = Guest(
    "fieldwork_kept",
    keeps=(
        kept_with_file(
            pgettext_lazy("own file", "What came from devices"),
            "fieldwork.ReceivedForm",
            "fieldwork.ReceivedFile",
            "fieldwork.FieldEntry",
            "fieldwork.FieldConflict",
            "devices.LeftBehind",
            why_not=REPEATS,
        ),
        kept_with_file(
            pgettext_lazy("own file", "Photographs and signatures from visits"),
            "fieldwork.FieldFile",
            "fieldwork.FilePiece",
            "fieldwork.FieldPermit",
            why_not=TELLS_OF_OTHERS,
        ),
    ),
)
