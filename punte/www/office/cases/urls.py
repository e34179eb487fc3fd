from django.urls import path

from punte.www.office.cases.views.approvals import approvals, case_approval
from punte.www.office.cases.views.brief import case, case_assessments
from punte.www.office.cases.views.course import case_close, case_open, case_regime, case_reopen
from punte.www.office.cases.views.facets import case_facet_end, case_facet_new
from punte.www.office.cases.views.family import case_family, case_family_paper
from punte.www.office.cases.views.interventions import case_intervention, case_interventions
from punte.www.office.cases.views.left_alone import case_successor, cases_left_alone
from punte.www.office.cases.views.listing import cases
from punte.www.office.cases.views.plan import (
    case_objective,
    case_plan,
    case_plan_bring_up,
    case_plan_discard,
    case_plan_draft,
    case_plan_offer,
    case_plan_version,
    case_step,
)
from punte.www.office.cases.views.plan_kind import case_plan_decision, case_plan_kind
from punte.www.office.cases.views.plan_writing import case_plan_adopt, case_plan_edit
from punte.www.office.cases.views.referral_sent import case_referral_letter, case_referral_sent
from punte.www.office.cases.views.referrals import (
    case_refer,
    case_referral_seen,
    case_referral_withdraw,
    case_referrals,
)
from punte.www.office.cases.views.rules import own_duty_done, term_rule, term_rules
from punte.www.office.cases.views.team import (
    case_assign,
    case_seal,
    case_team,
    case_team_add,
    case_team_remove,
    case_unseal,
)
from punte.www.office.cases.views.visits import (
    case_visit,
    household_visit,
    visit_held,
    visit_missed,
    visit_move,
    visit_new,
)
from punte.www.office.cases.views.waiting import case_waiting_new

urlpatterns = [
    path("cazuri/", cases, name="cases"),
    path("gospodarii/<uuid:pk>/deschide-caz/", case_open, name="case_open"),
    path("termene/", term_rules, name="term_rules"),
    path("termene/<uuid:organization>/<slug:rule>/", term_rule, name="term_rule"),
    path("termene/<uuid:organization>/<slug:rule>/facut/", own_duty_done, name="own_duty_done"),
    path("cazuri/fara-echipa/", cases_left_alone, name="cases_left_alone"),
    path("cazuri/de-aprobat/", approvals, name="approvals"),
    path("cazuri/<uuid:pk>/aprobari/<uuid:approval>/", case_approval, name="case_approval"),
    path("cazuri/<uuid:pk>/preluare/", case_successor, name="case_successor"),
    path("cazuri/<uuid:pk>/", case, name="case"),
    path("cazuri/<uuid:pk>/evaluari/", case_assessments, name="case_assessments"),
    path("cazuri/<uuid:pk>/plan/", case_plan, name="case_plan"),
    path("cazuri/<uuid:pk>/plan/<int:version>/", case_plan_version, name="case_plan_version"),
    path("cazuri/<uuid:pk>/plan/schita/", case_plan_draft, name="case_plan_draft"),
    path("cazuri/<uuid:pk>/plan/modifica/", case_plan_edit, name="case_plan_edit"),
    path("cazuri/<uuid:pk>/plan/felul/", case_plan_kind, name="case_plan_kind"),
    path("cazuri/<uuid:pk>/plan/dispozitia/", case_plan_decision, name="case_plan_decision"),
    path("cazuri/<uuid:pk>/plan/renunta/", case_plan_discard, name="case_plan_discard"),
    path("cazuri/<uuid:pk>/plan/propune/", case_plan_offer, name="case_plan_offer"),
    path(
        "cazuri/<uuid:pk>/plan/obiective/<uuid:objective>/sus/",
        case_plan_bring_up,
        name="case_plan_bring_up",
    ),
    path("cazuri/<uuid:pk>/plan/acord/", case_plan_adopt, name="case_plan_adopt"),
    path("cazuri/<uuid:pk>/plan/obiective/<uuid:objective>/", case_objective, name="case_objective"),
    path("cazuri/<uuid:pk>/plan/pasi/<uuid:step>/", case_step, name="case_step"),
    path("cazuri/<uuid:pk>/interventii/", case_interventions, name="case_interventions"),
    path("cazuri/<uuid:pk>/interventii/<uuid:intervention>/", case_intervention, name="case_intervention"),
    path("cazuri/<uuid:pk>/vizita/", case_visit, name="case_visit"),
    path("gospodarii/<uuid:pk>/vizita/", household_visit, name="household_visit"),
    path("vizite/noua/", visit_new, name="visit_new"),
    path("vizite/<uuid:pk>/muta/", visit_move, name="visit_move"),
    path("vizite/<uuid:pk>/nu-a-avut-loc/", visit_missed, name="visit_missed"),
    path("vizite/<uuid:pk>/a-avut-loc/", visit_held, name="visit_held"),
    path("cazuri/<uuid:pk>/familia/", case_family, name="case_family"),
    path("cazuri/<uuid:pk>/familia/<uuid:person>/", case_family_paper, name="case_family_paper"),
    path("cazuri/<uuid:pk>/referiri/", case_referrals, name="case_referrals"),
    path("cazuri/<uuid:pk>/referiri/noua/", case_refer, name="case_refer"),
    path("cazuri/<uuid:pk>/asteptare/<uuid:service>/", case_waiting_new, name="case_waiting_new"),
    path("cazuri/<uuid:pk>/referiri/<uuid:referral>/", case_referral_sent, name="case_referral_sent"),
    path(
        "cazuri/<uuid:pk>/referiri/<uuid:referral>/scrisoare/",
        case_referral_letter,
        name="case_referral_letter",
    ),
    path(
        "cazuri/<uuid:pk>/referiri/<uuid:referral>/retrage/",
        case_referral_withdraw,
        name="case_referral_withdraw",
    ),
    path("cazuri/<uuid:pk>/referiri/<uuid:referral>/citit/", case_referral_seen, name="case_referral_seen"),
    path("cazuri/<uuid:pk>/regim/", case_regime, name="case_regime"),
    path("cazuri/<uuid:pk>/echipa/", case_team, name="case_team"),
    path("cazuri/<uuid:pk>/echipa/responsabil/", case_assign, name="case_assign"),
    path("cazuri/<uuid:pk>/echipa/adauga/", case_team_add, name="case_team_add"),
    path("cazuri/<uuid:pk>/echipa/<uuid:user>/scoate/", case_team_remove, name="case_team_remove"),
    path("cazuri/<uuid:pk>/sigiliu/", case_seal, name="case_seal"),
    path("cazuri/<uuid:pk>/sigiliu/ridica/", case_unseal, name="case_unseal"),
    path("cazuri/<uuid:pk>/domenii/adauga/", case_facet_new, name="case_facet_new"),
    path("cazuri/<uuid:pk>/domenii/<uuid:facet>/incheie/", case_facet_end, name="case_facet_end"),
    path("cazuri/<uuid:pk>/inchide/", case_close, name="case_close"),
    path("cazuri/<uuid:pk>/redeschide/", case_reopen, name="case_reopen"),
]
