"""A form on its way: shown, come back with all that was typed, or done; and a button, with which nothing is typed."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from punte.accounts.actions import forget_draft
from punte.kernel.errors import DomainError, EditedMeanwhile
from punte.www.frame.once import once


class Attempt:
    """A verb that a page asks for.

    Attributes:
        draft: the name under which what is typed for it is kept until it is done.
        made: what the verb gave.
        refused: why it did nothing, if it was refused.
    """

    def __init__(self, request: HttpRequest, *, draft: str = "") -> None:
        self.request: Any = request
        self.draft = draft
        self.made: Any = None
        self.refused: DomainError | None = None

    @property
    def shown(self) -> Any:
        """What a template sees of it."""
        return self.refused

    @property
    def said(self) -> str:
        """Why it was refused."""
        return str(self.refused.message) if self.refused else ""

    @property
    def came_back(self) -> bool:
        """Whether the page is shown again because nothing was done."""
        return self.refused is not None

    @property
    def status(self) -> int:
        """Of the page: 200 at first, 409 where somebody else was there before, else 422 once it came back."""
        if not self.came_back:
            return 200
        return 409 if isinstance(self.refused, EditedMeanwhile) else 422

    def done(self, said: str, to: str, *args: Any, level: int = messages.SUCCESS) -> HttpResponse:
        """Say what was done, drop the draft, and go on to a page named `to` or at that address."""
        if self.draft:
            forget_draft(self.request.user, self.draft)
        if said:
            messages.add_message(self.request, level, said)
        return redirect(to, *args)

    def _call(self, act: Callable[[], Any]) -> bool:
        try:
            with once(self.request):
                self.made = act()
        except DomainError as refused:
            self.refused = refused
            return False
        return True


class Press(Attempt):
    """The press of a button: a refusal is what the page shows as `refused`."""

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Whether the verb was carried out; one that gives nothing counts too."""
        return self._call(act)

    def tell(self, act: Callable[[], Any], said: str, to: str, *args: Any) -> HttpResponse:
        """Call the verb and go on to another page, which says what came of it."""
        if self._call(act):
            return self.done(said, to, *args)
        return self.done(self.said, to, *args, level=messages.ERROR)


class FormPage(Attempt):
    """A form that is bound to what was posted; a template sees the form itself.

    Args:
        sent: False for a form that stands on the page beside the one that was posted.
        data: what the form is bound to instead of what was posted.
        options: of the form.
    """

    def __init__(
        self,
        request: HttpRequest,
        form_class: Callable[..., Any],
        *,
        draft: str = "",
        sent: bool = True,
        data: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(request, draft=draft)
        if data is None and sent and request.method == "POST":
            data = request.POST
        files = None if data is None else request.FILES
        self.form: Any = form_class(data=data, files=files, **options)

    @property
    def shown(self) -> forms.BaseForm:
        """The form."""
        form: forms.BaseForm = self.form
        return form

    @property
    def came_back(self) -> bool:
        """Whether it was sent and is shown again."""
        return bool(self.form.is_bound)

    def attempt(self, act: Callable[[dict[str, Any]], Any]) -> bool:
        """Whether the form was sent rightly and the verb, called with what it says, was carried out.

        A refusal is said beside the field that it is about, or above them all.
        """
        if not self.form.is_bound or not self.form.is_valid():
            return False
        if self._call(lambda: act(self.form.cleaned_data)):
            return True
        field = getattr(self.refused, "field", None)
        self.form.add_error(field if field in self.form.fields else None, self.said)
        return False

    def show(self, template: str, *, status: int | None = None, **context: Any) -> HttpResponse:
        """The page of this form alone."""
        return show(self.request, template, status=status, form=self, **context)

    def ask(
        self,
        title: str | Promise,
        *,
        back: str,
        back_to: object = "",
        button: str | Promise = "",
        intro: str | Promise = "",
        template: str = "frame/form.html",
        **context: Any,
    ) -> HttpResponse:
        """A page that is this form: its title, a few words before it, its button, and the way back."""
        words: dict[str, Any] = {"title": title, "button": button or _("Save"), "intro": intro}
        return self.show(template, **words, back=back, back_to=back_to, **context)


def show(request: HttpRequest, template: str, *, status: int | None = None, **context: Any) -> HttpResponse:
    """Render a page with what is attempted on it, forms and buttons.

    The template sees the forms; `failed`, the one that came back; `draft_key`, where the draft of one is kept.

    Args:
        status: where it is not what the attempts say.
    """
    attempts = [one for one in context.values() if isinstance(one, Attempt)]
    back = next((one for one in attempts if one.came_back), None)
    shown = {
        "failed": back.form if isinstance(back, FormPage) else None,
        "draft_key": next((one.draft for one in attempts if one.draft), ""),
        **{name: one.shown if isinstance(one, Attempt) else one for name, one in context.items()},
    }
    return render(request, template, shown, status=status or (back.status if back else 200))
