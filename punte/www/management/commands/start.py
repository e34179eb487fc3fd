"""`punte start`: the first institution of a real installation, and the administrator who makes the other accounts."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.accounts.actions.starting import require_nothing_started, start_installation
from punte.kernel.errors import DomainError
from punte.territory.models import Uat
from punte.www.frame.sign_in import password_path


class Command(BaseCommand):
    """What is not given is asked for on the terminal."""

    help = "Make the first institution and its administrator; prints the link that sets the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--uat", help="SIRUTA of the commune, town or municipality")
        parser.add_argument("--email", help="address of the administrator")
        parser.add_argument("--name", help="name of the administrator")
        parser.add_argument(
            "--organization", default="", help="its legal name, where it is not the town hall"
        )

    def handle(
        self, *, uat: str | None, email: str | None, name: str | None, organization: str, **_options: Any
    ) -> None:
        try:
            email = email or _asked("--email", _("E-mail address of the administrator"))
            require_nothing_started(email)
            home = _uat(uat or _asked("--uat", _("SIRUTA of the commune, town or municipality")))
            post = start_installation(
                uat=home,
                email=email,
                name=name or _asked("--name", _("Name of the administrator")),
                organization=organization,
            )
        except DomainError as refused:
            raise CommandError(str(refused.message)) from refused
        self.stdout.write(f"{post.organization.name}: {post.user.name} <{post.user.email}>")
        self.stdout.write(_("This link sets the password, once; it is shown only now:"))
        self.stdout.write(settings.SITE_ADDRESS + password_path(post.user))


def _uat(siruta: str) -> Uat:
    """The UAT of a SIRUTA code; the reference data come in first where there are none."""
    if not Uat.objects.exists():
        call_command("reference", "load", "--quiet")
    found = Uat.objects.filter(siruta=int(siruta)).first() if siruta.strip().isdecimal() else None
    if found is None:
        raise DomainError(
            _(
                "No commune, town or municipality has the SIRUTA code %(siruta)s. Look it up in"
                " content/reference/uat_romania.csv; after a correction there run: punte reference load"
            )
            % {"siruta": siruta},
            field="uat",
        )
    return found


def _asked(option: str, question: str) -> str:
    if not sys.stdin.isatty():
        raise CommandError(_("Give %(option)s: %(what)s.") % {"option": option, "what": question})
    return input(f"{question}: ").strip()
