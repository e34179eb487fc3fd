"""Identifiers of what is published but has no row of its own: the same thing always has the same UUID, everywhere."""

import hashlib
from uuid import UUID, uuid5

# The namespace of every derived identifier; it must never change, or everybody's links to us break.
NAMESPACE = uuid5(UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "https://punte.example/hsds")
_NAMESPACE = NAMESPACE.bytes
_HALF = 8
_LOWER_HALF = (1 << 64) - 1


def derived(kind: str, *parts: object) -> str:
    """The UUID (version 5) of a thing of some `kind` that `parts` tell apart from its like."""
    digest = hashlib.sha1(_NAMESPACE + "/".join([kind, *map(str, parts)]).encode(), usedforsecurity=False)
    text = digest.hexdigest()
    # Of the digest, version and variant are written over (RFC 9562, 5.5); `uuid5` does the same, several times slower.
    variant = "89ab"[int(text[16], 16) & 3]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"


def of_service_at(service: UUID, place: str) -> str:
    """The UUID of a service at a place.

    Its first half is the service's own, so that the service is found by it without keeping a table; the second is a
    digest of both, so that the places of one service differ.
    """
    digest = hashlib.sha256(service.bytes + place.encode()).digest()[:_HALF]
    lower = bytes([digest[0] & 0x3F | 0x80]) + digest[1:]
    return str(UUID(bytes=service.bytes[:_HALF] + lower))


def services_behind(identifier: UUID) -> tuple[UUID, UUID]:
    """The least and the greatest UUID that a service may have whose place `identifier` names."""
    upper = identifier.int & ~_LOWER_HALF
    return UUID(int=upper), UUID(int=upper | _LOWER_HALF)
