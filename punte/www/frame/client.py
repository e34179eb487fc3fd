"""Who calls: the address by which attempts are counted."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

_NETWORK_OF_ONE = 64
"""Bits of an IPv6 address that one subscriber keeps; the rest they choose themselves."""


def client_address(request: HttpRequest) -> str:
    """The address that calls; behind our own proxy that ends TLS, the one that it added last.

    Of an IPv6 address, the network. Behind a socket that tells none, and a proxy that adds none, all callers share one.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    told = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return told
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _NETWORK_OF_ONE), strict=False).network_address)
