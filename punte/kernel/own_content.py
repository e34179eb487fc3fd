"""Where content lies: the product's own folder, and beside it the operator's, which an upgrade never touches."""

from pathlib import Path

from django.conf import settings


def content_files(folder: str) -> list[tuple[Path, bool]]:
    """The YAML files of a folder of content in the order of their names, each with whether it is the operator's own."""
    own = ((settings.OWN_CONTENT / folder, True),) if settings.OWN_CONTENT else ()
    places = ((settings.CONTENT / folder, False), *own)
    found = [(path, is_own) for place, is_own in places for path in place.glob("*.yaml")]
    return sorted(found, key=lambda one: one[0].name)
