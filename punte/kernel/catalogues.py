"""The texts of all applications in one table, where Django would look through that of each in turn.

Django means to put together those that count alike, but compares what is never equal; every text of a page was looked
for in sixty tables.
"""

from typing import Any

from django.utils.translation.trans_real import TranslationCatalog


def put_together(catalogue: Any, translation: Any) -> None:
    """Take the texts of one application more into the catalogue; what it says goes before what others said."""
    if translation.plural.__code__ == catalogue._plurals[0].__code__:
        catalogue._catalogs[0].update(translation._catalog)
        return
    catalogue._catalogs.insert(0, translation._catalog.copy())
    catalogue._plurals.insert(0, translation.plural)


def in_one_table() -> None:
    """Read catalogues in this way from now on."""
    TranslationCatalog.update = put_together  # type: ignore[assignment,method-assign]
