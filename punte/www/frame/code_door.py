"""A number and a code that somebody types: looked at outside of any transaction, so that each wrong one is counted."""

from collections.abc import Callable, Collection

from django.http import HttpRequest
from django.utils.translation import gettext as _

from punte.accounts.models import OnceLink
from punte.accounts.once_links import opened_by, opens_nothing
from punte.kernel.errors import DomainError
from punte.petitions import public_access as access
from punte.www.frame.client import client_address
from punte.www.frame.form_page import FormPage

TOO_OFTEN = 429


def shut_door(request: HttpRequest, form: FormPage) -> bool:
    """Whether wrong codes came from this address too often; the form says so."""
    if request.method != "POST" or not access.limit_reached(access.CODE, client_address(request)):
        return False
    form.form.add_error(
        None, _("The code was wrong too many times. Wait an hour, or call who gave it to you.")
    )
    return True


def let_in(
    request: HttpRequest,
    form: FormPage,
    *,
    purposes: Collection[str],
    still: Callable[[OnceLink], object] = lambda link: link,
) -> OnceLink | None:
    """The link that the form opens; None where it was not sent rightly, and the form says why.

    Args:
        still: whether what the link opens may be read now; where not, it is told as a wrong code is.
    """
    if not form.form.is_bound or not form.form.is_valid():
        return None
    given = form.form.cleaned_data
    try:
        link = opened_by(given["number"], given["code"], purposes=purposes)
        if not still(link):
            raise opens_nothing()
    except DomainError as wrong:
        access.count_attempt(access.CODE, client_address(request))
        form.form.add_error("code", str(wrong.message))
        return None
    return link
