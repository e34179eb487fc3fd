"""Why a request was refused, in Romanian and in English, as a document of RFC 9457."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from punte.api.hsds.writing import as_json

_TITLES = {
    400: ("Cerere greșită", "Bad request"),
    404: ("Nu există", "Not found"),
    405: ("Metodă neacceptată", "Method not allowed"),
    413: ("Cerere prea mare", "Request too large"),
    415: ("Tip de conținut neacceptat", "Unsupported media type"),
}


class Problem(Exception):
    """A request that is not answered.

    Attributes:
        status: the HTTP status.
        ro, en: what is wrong and what to do, in each language.
        parameter: the parameter it is about.
    """

    def __init__(self, status: int, ro: str, en: str, *, parameter: str | None = None) -> None:
        self.status, self.ro, self.en, self.parameter = status, ro, en, parameter
        super().__init__(en)

    def document(self) -> Mapping[str, Any]:
        """The refusal as data."""
        title_ro, title_en = _TITLES[self.status]
        told: dict[str, Any] = {
            "status": self.status,
            "title": title_en,
            "detail": self.en,
            "title_ro": title_ro,
            "detail_ro": self.ro,
        }
        return told | ({} if self.parameter is None else {"parameter": self.parameter})

    def response(self) -> HttpResponse:
        """The refusal as an answer."""
        return HttpResponse(
            as_json(self.document()), status=self.status, content_type="application/problem+json"
        )


def not_found() -> Problem:
    """Nothing has this identifier."""
    return Problem(
        404,
        "Nimic publicat nu are acest identificator.",
        "Nothing that is published has this identifier.",
    )


def too_large() -> Problem:
    """More was sent than is read."""
    return Problem(413, "S-a trimis mai mult decât se poate citi.", "More was sent than can be read.")


def not_offered(method: str, offered: Sequence[str]) -> HttpResponse:
    """The answer to a method that this address does not know."""
    allowed = ", ".join(offered)
    answer = Problem(
        405,
        f"Metoda {method[:20]} nu este acceptată aici; se acceptă: {allowed}.",
        f"The method {method[:20]} is not offered here; offered are: {allowed}.",
    ).response()
    answer["Allow"] = allowed
    return answer
