"""How a service is reached: whether its address is published, and its number as a link."""

import re

from django import template

from punte.directory.services.published import address_is_public

register = template.Library()
_NOT_DIALLED = re.compile(r"[^0-9+]")


@register.filter
def address_published(code: str) -> bool:
    """Whether the address of services of a code is published."""
    return address_is_public(code)


@register.filter
def dialled(phone: str) -> str:
    """A phone number as `tel:` links want it; of several, the first."""
    return _NOT_DIALLED.sub("", re.split(r"[,;/]", phone)[0])
