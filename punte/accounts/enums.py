from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    SOCIAL_WORKER = "social_worker", _("Social worker")
    COMMUNITY_NURSE = "community_nurse", _("Community nurse")
    SCHOOL_MEDIATOR = "school_mediator", _("School mediator")
    HEALTH_MEDIATOR = "health_mediator", _("Health mediator")
    SCHOOL_COUNSELLOR = "school_counsellor", _("School counsellor")
    CASE_MANAGER = "case_manager", _("Case manager")
    PSYCHOLOGIST = "psychologist", _("Psychologist")
    LEGAL_ADVISER = "legal_adviser", _("Legal adviser")
    SUPERVISOR = "supervisor", _("Supervisor")
    COORDINATOR = "coordinator", _("Coordinator")
    PLANNER = "planner", _("Planner")
    COUNTY_METHODOLOGIST = "county_methodologist", _("County methodologist")
    PARTNER = "partner", _("Partner")
    TRAINEE = "trainee", _("Trainee")
    STUDENT = "student", _("Student or volunteer")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("Data protection officer")
    ADMINISTRATOR = "administrator", _("Administrator")


class Compartment(models.TextChoices):
    """Parts of one record that are seen by need."""

    GENERAL = "general", _("General")
    HEALTH = "health", _("Health")
    EDUCATION = "education", _("Education")
    LEGAL = "legal", _("Legal")
    VIOLENCE = "violence", _("Violence")
    ABUSE = "abuse", _("Abuse")


class Deed(models.TextChoices):
    """What waits for a second person, by the name of its verb."""

    SET_PASSWORD = "set_password_again", _("A link to set the password")
    RESET_SECOND_FACTOR = "reset_second_factor", _("Reset of the second step")
    CHANGE_EMAIL = "change_email", _("Another e-mail address")


class MailKind(models.TextChoices):
    """What a mail to somebody who works here is about."""

    REMINDER = "reminder", _("What is late or soon due")
    SECOND_PERSON = "second_person", _("What waits for a second person")
    INVITATION = "invitation", _("An invitation to a meeting")


SEALED_COMPARTMENTS = frozenset({Compartment.VIOLENCE, Compartment.ABUSE})


class Capability(models.TextChoices):
    """What a role may do within its organisation."""

    SEE_PEOPLE = "see_people", _("See people and households")
    EDIT_PEOPLE = "edit_people", _("Record people and households")
    ASSESS = "assess", _("Assess households")
    SEE_TEAM_CASES = "see_team_cases", _("See the cases of the team")
    SEE_ALL_CASES = "see_all_cases", _("See all cases of the organisation")
    MANAGE_CASE = "manage_case", _("Open, plan and close cases")
    WRITE_PLAN = "write_plan", _("Write plans of services")
    INTERVENE = "intervene", _("Log interventions")
    REFER = "refer", _("Refer to services")
    ASSIGN = "assign", _("Assign cases to workers")
    EMERGENCY = "emergency", _("Open a record in an emergency")
    ANSWER_REFERRALS = "answer_referrals", _("Answer referrals")
    ISSUE_DOCUMENTS = "issue_documents", _("Issue documents")
    SEE_AUDIT = "see_audit", _("See who read what")
    MANAGE_ACCOUNTS = "manage_accounts", _("Manage accounts")
    SEE_METHODOLOGY = "see_methodology", _("See the methodology")
    KEEP_METHODOLOGY = "keep_methodology", _("Bring in new versions of the methodology")
    AGREE_METHODOLOGY = "agree_methodology", _("Agree to new versions of the methodology")
    SEE_TOTALS = "see_totals", _("See totals without names")
    KEEP_DEVICES = "keep_devices", _("Keep the devices of the organisation")
    KEEP_SERVICES = "keep_services", _("Keep the services of the organisation up to date")
    KEEP_DIRECTORY = "keep_directory", _("Check and publish services")
    PUBLISH = "publish", _("Publish information for residents")
    MEET = "meet", _("Call meetings and lead groups")
    ANSWER_PETITIONS = "answer_petitions", _("Answer requests and complaints")
    NOTIFY = "notify", _("Record notifications")
    TRIAGE = "triage", _("Decide on notifications")
    PLAN = "plan", _("Write the annual plan")
    APPROVE_PLAN = "approve_plan", _("Approve the annual plan")
    KEEP_PRIVACY = "keep_privacy", _("Look after people's data")
    READ_OPENED = "read_opened", _("Read what a supervisor opened")


class BreachRisk(models.TextChoices):
    """What a breach may mean for the people whom it touches (GDPR, art. 33 and 34)."""

    NONE = "none", _("no risk for anybody")
    RISK = "risk", _("a risk: the authority is told")
    HIGH = "high", _("a high risk: the people are told too")
