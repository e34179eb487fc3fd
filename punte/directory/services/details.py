"""What is published of a service, as plain values; which of them may be, and which not."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from punte.directory.enums import Weekday
from punte.directory.rules import closing
from punte.kernel.errors import DomainError

if TYPE_CHECKING:
    from punte.directory.models import Service

Details = dict[str, Any]
"""The fields of a service by name, each as JSON would hold it."""
Hours = tuple[int, str, str]
"""A day of the week (1 is Monday) and from when to when, as `HH:MM`; it may close on the next day."""

SHORT, MIDDLE, LONG = 250, 2_000, 5_000
OLDEST = 120
MOST_STAFF = 10_000
TIMES_A_DAY = 2
# ISO 639-1, and ISO 639-3 where the first has none: Romani, Romanian Sign Language.
LANGUAGES = {
    "ro": pgettext_lazy("language", "Romanian"),
    "hu": pgettext_lazy("language", "Hungarian"),
    "rom": pgettext_lazy("language", "Romani"),
    "rms": pgettext_lazy("language", "Romanian Sign Language"),
    "en": pgettext_lazy("language", "English"),
    "de": pgettext_lazy("language", "German"),
    "fr": pgettext_lazy("language", "French"),
    "it": pgettext_lazy("language", "Italian"),
    "uk": pgettext_lazy("language", "Ukrainian"),
    "ru": pgettext_lazy("language", "Russian"),
}
LABELS = {
    "name": gettext_lazy("Name of the service"),
    "description": gettext_lazy("What the service does"),
    "address": gettext_lazy("Address"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "website": gettext_lazy("Website"),
    "eligibility": gettext_lazy("Who may come"),
    "min_age": gettext_lazy("From the age of"),
    "max_age": gettext_lazy("Up to the age of"),
    "free_of_charge": gettext_lazy("Free of charge"),
    "price": gettext_lazy("Price"),
    "required_papers": gettext_lazy("Papers to bring"),
    "languages": gettext_lazy("Languages spoken"),
    "step_free": gettext_lazy("Without steps"),
    "accessibility": gettext_lazy("Accessibility"),
    "always_open": gettext_lazy("Open day and night"),
    "hours_note": gettext_lazy("About the hours"),
    "hours": gettext_lazy("Opening hours"),
    "staff": gettext_lazy("People who work here"),
    "licence": gettext_lazy("Licence"),
}
FIELDS = tuple(LABELS)
_OF_ROWS = ("address", "hours", "licence")
_CEDILLA = str.maketrans("şţŞŢ", "șțȘȚ")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PHONE = re.compile(r"\+?[0-9][0-9 ().\-/]*")
_SHORTEST_NUMBER, _LONGEST_SHORT, _NATIONAL, _LONGEST_NUMBER = 3, 6, 10, 15
_MIDNIGHT, _WEEK = "00:00", 7 * 24 * 60
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def details_of(service: "Service") -> Details:
    """What is published of a service now.

    The address is that of its only place, None where it is given at several; the licence is its newest.
    """
    found: Details = {name: getattr(service, name) for name in FIELDS if name not in _OF_ROWS}
    found["hours"] = [
        [int(row.weekday), f"{row.opens:%H:%M}", f"{row.closes:%H:%M}"] for row in service.hours.all()
    ]
    places = list(service.locations.all())
    found["address"] = places[0].address if len(places) == 1 else None
    licence = max(service.licences.all(), key=lambda row: row.start, default=None)
    found["licence"] = licence and {
        "number": licence.number,
        "issued_by": licence.issued_by,
        "start": licence.start.isoformat(),
        "end": (licence.end - dt.timedelta(days=1)).isoformat() if licence.end else None,
    }
    return found


def changed(before: Mapping[str, Any], values: Mapping[str, Any]) -> Details:
    """Those of `values` that differ from `before`."""
    return {name: value for name, value in values.items() if before.get(name) != value}


def overtaken(before: Mapping[str, Any], now: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    """The fields of `values` that somebody else changed since `before` was read, and not to the same."""
    return [
        name for name, value in values.items() if now.get(name) != before.get(name) and now.get(name) != value
    ]


def checked(values: Mapping[str, Any]) -> Details:
    """The values as they are kept: trimmed, with comma below; those that belong together are looked at together.

    Raises:
        DomainError: one cannot be, named by its field.
    """
    made = {name: check(name, value) for name, value in values.items()}
    check_together(made)
    return made


def check(name: str, value: Any) -> Any:
    """One value as it is kept.

    Raises:
        DomainError: it cannot be.
    """
    if name not in _CHECKS:
        raise DomainError(_("A service has no field “%(name)s”.") % {"name": name})
    return _CHECKS[name](name, value)


def check_together(values: Mapping[str, Any]) -> None:
    """Look at the values that depend on each other, all of a service.

    Raises:
        DomainError: they contradict each other.
    """
    low, high = values.get("min_age"), values.get("max_age")
    if low is not None and high is not None and high < low:
        raise DomainError(
            _("The highest age is below the lowest one. Write them the other way round."), field="max_age"
        )
    if values.get("always_open") and values.get("hours"):
        raise DomainError(
            _("A service that is open day and night has no opening hours. Keep one of the two."),
            field="always_open",
        )


def _text(most: int, name: str, value: Any) -> str:
    text = str(value or "").translate(_CEDILLA).replace("\r\n", "\n").strip()
    if len(text) > most:
        raise DomainError(_("At most %(most)s characters, please.") % {"most": most}, field=name)
    if _CONTROL.search(text):
        raise DomainError(_("The text has signs that cannot be printed. Type it anew."), field=name)
    return text


def _named(name: str, value: Any) -> str:
    text = " ".join(_text(300, name, value).split())
    if not text:
        raise DomainError(_("Write the name of the service."), field=name)
    return text


def _address(name: str, value: Any) -> str | None:
    return None if value is None else " ".join(_text(SHORT, name, value).split())


def _phone(name: str, value: Any) -> str:
    text = _text(40, name, value)
    if not text:
        return ""
    digits = re.sub(r"\D", "", text)
    national = text.startswith("0") and len(digits) == _NATIONAL
    abroad = text.startswith("+") and _NATIONAL < len(digits) <= _LONGEST_NUMBER
    short = not text.startswith(("0", "+")) and _SHORTEST_NUMBER <= len(digits) <= _LONGEST_SHORT
    if text[0] != "0" and len(digits) == _NATIONAL - 1:
        raise DomainError(
            _("The 0 at the beginning was lost: a Romanian number has 10 digits, for example 0264 000 012."),
            field=name,
        )
    if not (_PHONE.fullmatch(text) and (national or abroad or short)):
        raise DomainError(
            _("This is not a phone number. Write one number, for example 0264 000 012 or +40 264 000 012."),
            field=name,
        )
    return text


def _email(name: str, value: Any) -> str:
    text = _text(254, name, value)
    if text:
        try:
            validate_email(text)
        except ValidationError as error:
            raise DomainError(
                _("This is not an e-mail address, for example contact@exemplu.ro."), field=name
            ) from error
    return text


def _website(name: str, value: Any) -> str:
    text = _text(200, name, value)
    if text:
        try:
            URLValidator(schemes=["https"])(text)
        except ValidationError as error:
            raise DomainError(
                _("Write the whole address of the page; it begins with https://"), field=name
            ) from error
    return text


def _number(most: int, name: str, value: Any) -> int | None:
    if value is None or value == "":
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise DomainError(_("A whole number from 0 to %(most)s, please.") % {"most": most}, field=name)
    return value


def _yes_no(name: str, value: Any) -> bool | None:
    if value not in (True, False, None):
        raise DomainError(_("Yes, no, or not known."), field=name)
    return value  # type: ignore[no-any-return]


def _yes(name: str, value: Any) -> bool:
    return bool(_yes_no(name, value))


def _languages(name: str, value: Any) -> list[str]:
    asked = list(value or ())
    if any(code not in LANGUAGES for code in asked):
        raise DomainError(_("Choose the languages from the list."), field=name)
    return [code for code in LANGUAGES if code in asked]


def _hours(name: str, value: Any) -> list[list[Any]]:
    try:
        times = sorted(
            (int(day), str(opens), _MIDNIGHT if closes == "24:00" else str(closes))
            for day, opens, closes in value or ()
        )
    except (TypeError, ValueError) as error:
        raise DomainError(_("Write the hours as 08:00."), field=name) from error
    for day, opens, closes in times:
        if not 1 <= day <= 7 or not _TIME.fullmatch(opens) or not _TIME.fullmatch(closes):  # noqa: PLR2004
            raise DomainError(_("Write the hours as 08:00."), field=name)
        if closes == opens != _MIDNIGHT:
            raise DomainError(
                _(
                    "%(day)s: it opens and closes at %(opens)s. Write from when to when; the whole day is 00:00 to"
                    " 24:00."
                )
                % {"day": day_name(day), "opens": opens},
                field=name,
            )
    _without_overlap(name, times)
    return [list(time) for time in times]


def _without_overlap(name: str, times: Sequence[Hours]) -> None:
    # The week comes round: what is open on Sunday night is looked at against Monday.
    for earlier, later in zip(times, (*times[1:], *times[:1]), strict=True):
        begins = _minute(later[0], later[1]) + (_WEEK if later <= earlier else 0)
        if begins < _end(earlier):
            raise DomainError(
                _("%(day)s: %(first)s–%(second)s begins before the time before it ends.")
                % {"day": day_name(later[0]), "first": later[1], "second": closing(later[2])},
                field=name,
            )
    days = [day for day, _opens, _closes in times]
    if any(days.count(day) > TIMES_A_DAY for day in days):
        raise DomainError(_("At most %(most)s times a day.") % {"most": TIMES_A_DAY}, field=name)


def _end(hours: Hours) -> int:
    day, opens, closes = hours
    return _minute(day + (closes <= opens), closes)


def _minute(day: int, hour: str) -> int:
    """The minute of the week."""
    return (day * 24 + int(hour[:2])) * 60 + int(hour[3:])


def day_name(day: int) -> str:
    """The name of a day of the week, 1 to 7, as it begins a line."""
    label = str(Weekday(day).label)
    return label[:1].upper() + label[1:]


def _licence(name: str, value: Any) -> dict[str, Any] | None:
    if not value:
        return None
    number = _text(60, name, value.get("number"))
    if not number:
        raise DomainError(_("Write the number of the licence."), field=name)
    start, end = (_day(name, value.get(part)) for part in ("start", "end"))
    if start is None:
        raise DomainError(_("Write since when the licence holds."), field=name)
    if end is not None and end < start:
        raise DomainError(_("The licence ends before it begins."), field=name)
    return {
        "number": number,
        "issued_by": _text(200, name, value.get("issued_by")),
        "start": start.isoformat(),
        "end": end and end.isoformat(),
    }


def _day(name: str, value: Any) -> dt.date | None:
    if not value:
        return None
    try:
        day = dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise DomainError(_("This day is not in the calendar."), field=name) from error
    if not 1990 <= day.year <= 2100:  # noqa: PLR2004
        raise DomainError(_("The year must be from 1990 to 2100."), field=name)
    return day


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "name": _named,
    "description": partial(_text, LONG),
    "address": _address,
    "phone": _phone,
    "email": _email,
    "website": _website,
    "eligibility": partial(_text, MIDDLE),
    "min_age": partial(_number, OLDEST),
    "max_age": partial(_number, OLDEST),
    "free_of_charge": _yes_no,
    "price": partial(_text, MIDDLE),
    "required_papers": partial(_text, MIDDLE),
    "languages": _languages,
    "step_free": _yes_no,
    "accessibility": partial(_text, MIDDLE),
    "always_open": _yes,
    "hours_note": partial(_text, SHORT),
    "hours": _hours,
    "staff": partial(_number, MOST_STAFF),
    "licence": _licence,
}
