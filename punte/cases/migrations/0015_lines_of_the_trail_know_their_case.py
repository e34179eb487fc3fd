"""Lines of the trail that tell of a case name it: the one they are about, or the last one of the household by then."""

from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from punte.kernel.append_only import AppendOnly

# What told of cases until lines named them; kept here, for what was written then.
_TOLD_OF_CASES = (
    *("case_open", "case", "case_assessments", "case_plan", "case_interventions", "case_referrals"),
    *("case_regime", "case_team", "open_case", "close_case", "reopen_case", "follow_assessment", "change_regime"),
    *("assign_case", "name_successor", "add_team_member", "remove_team_member", "seal_case", "unseal_case"),
    *("case_in_field", "allow_in_field", "end_field_permit", "draft_plan", "edit_plan", "bring_up", "offer_steps"),
    *("discard_plan", "adopt_plan", "ask_approval", "give_approval", "give_back_approval", "withdraw_approval"),
    *("read_approval", "report_progress", "complete_step", "reopen_step", "log_intervention"),
    *("correct_intervention", "case_intervention", "visit_form", "plan_visit", "move_visit", "hold_visit"),
    *("miss_visit", "refer", "referral_received", "accept_referral", "refuse_referral", "finish_referral"),
    *("withdraw_referral", "acknowledge_answer", "apply_entry", "keep_piece", "field_file", "field_conflict"),
    *("settle_conflict", "case_documents", "case_file", "case_file_page", "case_file_download", "case_file_form"),
    *("file_document", "correct_filed_document", "withdraw_filed_document", "issue_document", "document"),
    *("document_preview", "document_pdf", "document_docx"),
)
_GUARD = AppendOnly(name="trail_is_append_only")


def name_cases(apps, schema_editor):
    lines = apps.get_model("accounts", "TrailEntry")
    cases = apps.get_model("cases", "Case")
    own = cases.objects.filter(pk=OuterRef("subject"))
    of_home = cases.objects.filter(household=OuterRef("household"))
    by_then = of_home.filter(created_at__lte=OuterRef("at")).order_by("-created_at", "-pk")
    told = lines.objects.filter(verb__in=_TOLD_OF_CASES, household__isnull=False, case=None)
    _GUARD.lift(lines)
    told.update(
        case=Coalesce(
            Subquery(own.values("pk")[:1]),
            Subquery(by_then.values("pk")[:1]),
            # The page on which a case is begun was opened before it.
            Subquery(of_home.order_by("created_at", "pk").values("pk")[:1]),
        )
    )
    _GUARD.install(lines)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_rules_switched_on_and_duties_done"),
        ("accounts", "0011_a_line_knows_its_case"),
    ]

    operations = [migrations.RunPython(name_cases, migrations.RunPython.noop)]
