"""A file in answer to a request."""

from collections.abc import Mapping

from django.http import HttpResponse

UNTRUSTED = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
"""Of a file that somebody sent us: whatever it is, nothing of it runs."""
PAPER = {
    **UNTRUSTED,
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
    ),
}
"""Of a PDF that somebody sent us and the browser shows: its viewer, which keeps it apart, starts in no sandbox."""


def file_response(
    content: bytes,
    content_type: str,
    name: str,
    *,
    inline: bool = False,
    untrusted: bool = False,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A file to be saved under a name, which tells nothing about anybody.

    Args:
        inline: whether it opens in the browser.
        untrusted: whether somebody sent it to us.
        headers: of the answer besides.
    """
    disposition = "inline" if inline else "attachment"
    said = {"Content-Disposition": f'{disposition}; filename="{name}"', **(UNTRUSTED if untrusted else {})}
    return HttpResponse(content, content_type=content_type, headers={**said, **(headers or {})})
