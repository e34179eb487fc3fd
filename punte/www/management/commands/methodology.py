"""`punte methodology`: run a pack over tables, check it, compile its form, apply it to old answers."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.methodology.batch import run
from punte.methodology.errors import InputErrors, MethodologyError, PackError
from punte.methodology.model import Pack
from punte.methodology.packs import available_packs, load_pack
from punte.methodology.unread import unread_facts

SHOWN_ERRORS = 500


class Command(BaseCommand):
    """Each subcommand is one method; all the work is done in `punte.methodology`."""

    help = "Methodology packs: run, check, compile, reassess."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        running = verbs.add_parser("run", help="read tables of households and members, write findings")
        running.add_argument("pack")
        running.add_argument(
            "--input", type=Path, required=True, help="folder of households.csv and members.csv"
        )
        running.add_argument("--output", type=Path, required=True, help="folder for findings.csv")
        checking = verbs.add_parser("check", help="check one pack, or all")
        checking.add_argument("pack", nargs="?")
        compiling = verbs.add_parser("compile", help="write the XForm of a pack")
        compiling.add_argument("pack")
        again = verbs.add_parser("reassess", help="new findings beside the old, by the version in use now")
        again.add_argument("pack")
        again.add_argument("--by", required=True, help="e-mail of the account that asks for it")

        trying = verbs.add_parser(
            "try", help="whose findings a version would change, before it is put in force"
        )
        trying.add_argument("pack", help="the name of a pack, or the folder of the version")
        trying.add_argument(
            "--version", default="", dest="edition", help="the version; that of the files if not given"
        )

        verbs.add_parser("list", help="after other answers were marked as listed: make anew what lists go by")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"{options['verb']}_pack")(**options)
        except InputErrors as errors:
            self._show(errors)
            raise CommandError(_in_words(errors), returncode=2) from errors
        except PackError as error:
            raise CommandError(f"{error.file}:{error.line}: {_in_words(error)}", returncode=2) from error

    def run_pack(self, *, pack: str, input: Path, output: Path, **_options: Any) -> None:
        """Findings of every household in a folder of tables."""
        written = run(load_pack(pack), input, output)
        self.stdout.write(
            _("Findings: %(findings)s. Not assessed: %(not_assessed)s.")
            % {"findings": written.findings, "not_assessed": written.not_assessed}
        )

    def check_pack(self, *, pack: str | None, **_options: Any) -> None:
        """Whether packs hold together, open at every door and fit here, and ODK Validate accepts their forms."""
        # The compiler of forms takes long to import; `run` does without it.
        from punte.assessments.fitting import require_fits
        from punte.documents.templates import read_by_papers
        from punte.methodology.checking import require_opens_everywhere
        from punte.methodology.forms import form_warnings
        from punte.methodology.length import length_of

        for each in [load_pack(pack)] if pack else available_packs():
            warnings = form_warnings(each)
            require_opens_everywhere(each)
            require_fits(each)
            self.stdout.write(
                _("%(name)s %(version)s: %(facts)s facts, %(rules)s rules, no error.")
                % {
                    "name": each.name,
                    "version": each.version,
                    "facts": len(each.facts),
                    "rules": len(each.rules),
                }
            )
            length = length_of(each)
            self.stdout.write(
                "  "
                + _("Answers on a visit: %(answers)s, about %(minutes)s minutes.")
                % {"answers": length.answers, "minutes": length.minutes}
            )
            if unread := unread_facts(each, elsewhere=read_by_papers()):
                names = ", ".join(fact.name for fact in unread)
                self.stdout.write(
                    "  " + _("No rule, score, list or paper reads: %(names)s") % {"names": names}
                )
            for warning in warnings:
                self.stdout.write(f"  {warning}")

    def reassess_pack(self, *, pack: str, by: str, **_options: Any) -> None:
        """Findings of the version in use now for every assessment that lacks them; the old ones stay."""
        from punte.accounts.models import User
        from punte.assessments.actions import reassess_all

        account = User.objects.filter(email__iexact=by, is_active=True).first()
        if account is None:
            raise CommandError(
                _("There is no account with the address %(email)s.") % {"email": by}, returncode=2
            )
        made = reassess_all(by=account, pack_name=pack)
        self.stdout.write(_("Assessments with new findings: %(count)s.") % {"count": made})

    def try_pack(self, *, pack: str, edition: str, **_options: Any) -> None:
        """What a version would find in the newest answers, beside what stands; by code, and case by case.

        Findings of violence and abuse are counted, and no case is named.
        """
        from punte.assessments.trial import try_version
        from punte.kernel.errors import DomainError

        tried = _edition(pack, edition)
        try:
            trial = try_version(tried)
        except DomainError as refused:
            raise CommandError(str(refused.message), returncode=2) from refused
        self.stdout.write(
            _("%(pack)s %(version)s on %(count)s assessments, the newest of each household or person.")
            % {"pack": tried.name, "version": tried.version, "count": trial.assessments}
        )
        for code in trial.codes:
            appear, go = trial.appear.get(code, []), trial.go.get(code, [])
            self.stdout.write(
                _("%(code)s: %(appear)s appear, %(go)s go, %(unknown)s no longer known.")
                % {"code": code, "appear": len(appear), "go": len(go), "unknown": trial.unknown.get(code, 0)}
            )
            if not _is_sealed(tried, code):
                self._show_cases(_("would appear"), appear)
                self._show_cases(_("would go"), go)
        if not trial.codes:
            self.stdout.write(_("Nothing would change."))

    def _show_cases(self, what: str, households: list[UUID]) -> None:
        from punte.cases.models import Case

        if not households:
            return
        cases = Case.objects.filter(household__in=households, sealed=False).order_by("year", "number")
        named = [str(case) for case in cases]
        without = len(set(households) - set(cases.values_list("household", flat=True)))
        if without:
            more = ngettext(
                "%(n)s household without a case to name", "%(n)s households without a case to name", without
            )
            named.append(more % {"n": without})
        self.stdout.write(f"  {what}: {', '.join(named)}")

    def list_pack(self, **_options: Any) -> None:
        """What the lists of cases and households can be narrowed by, made anew from the newest assessments."""
        from punte.assessments.listed import list_all_anew

        self.stdout.write(_("Households listed anew: %(count)s.") % {"count": list_all_anew()})

    def compile_pack(self, *, pack: str, **_options: Any) -> None:
        """The form as XForm XML."""
        from punte.methodology.forms import compile_form

        self.stdout.write(compile_form(load_pack(pack)))

    def _show(self, errors: InputErrors) -> None:
        for error in errors.errors[:SHOWN_ERRORS]:
            place = ":".join(str(part) for part in (error.file, error.line, error.column) if part)
            self.stderr.write(f"{place}: {_in_words(error)}")


def _edition(pack: str, edition: str) -> Pack:
    """A version of a pack: its files as they are, those of a former one, or those that were used here.

    Raises:
        CommandError: there is no such version.
    """
    from punte.assessments.packs import pack_of, version_named
    from punte.kernel.errors import DomainError

    files = load_pack(pack)
    if edition in ("", files.version):
        return files
    try:
        return pack_of(version_named(files.name, edition))
    except DomainError as unknown:
        raise CommandError(str(unknown.message), returncode=2) from unknown


def _is_sealed(pack: Pack, code: str) -> bool:
    rule = pack.rules.get(code)
    return rule is None or rule.compartment in pack.sealed


def _in_words(error: MethodologyError) -> str:
    """The message in the language in use."""
    return _(error.message) % error.params if error.params else _(error.message)
