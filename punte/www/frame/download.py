"""A file in answer to a request."""

from django.http import HttpResponse

UNTRUSTED = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
"""Of a file that somebody sent us: whatever it is, nothing of it runs."""


def file_response(
    content: bytes, content_type: str, name: str, *, inline: bool = False, untrusted: bool = False
) -> HttpResponse:
    """A file to be saved under a name, which tells nothing about anybody.

    Args:
        inline: whether it opens in the browser.
        untrusted: whether somebody sent it to us.
    """
    disposition = "inline" if inline else "attachment"
    headers = {"Content-Disposition": f'{disposition}; filename="{name}"', **(UNTRUSTED if untrusted else {})}
    return HttpResponse(content, content_type=content_type, headers=headers)
