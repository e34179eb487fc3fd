"""What each role may do and which compartments it reads: the one table that every permission comes from."""

from dataclasses import dataclass

from punte.accounts.enums import Capability as Can
from punte.accounts.enums import Compartment as In
from punte.accounts.enums import Role


@dataclass(frozen=True)
class Powers:
    """The capabilities of a role, and the compartments of a record that it reads."""

    capabilities: frozenset[Can]
    compartments: frozenset[In]

    @property
    def sees_personal_data(self) -> bool:
        """Whether the role meets personal data, and so must sign in with a second factor."""
        return bool(self.capabilities & _PERSONAL)


_PERSONAL = {
    Can.SEE_PEOPLE,
    Can.SEE_TEAM_CASES,
    Can.SEE_ALL_CASES,
    Can.ANSWER_REFERRALS,
    Can.SEE_AUDIT,
    Can.KEEP_PRIVACY,
    Can.MANAGE_ACCOUNTS,
    Can.ANSWER_PETITIONS,
}
_FIELD = {
    Can.SEE_PEOPLE,
    Can.EDIT_PEOPLE,
    Can.ASSESS,
    Can.SEE_TEAM_CASES,
    Can.INTERVENE,
    Can.REFER,
    Can.EMERGENCY,
    Can.MEET,
    Can.SEE_METHODOLOGY,
    Can.NOTIFY,
}
_CASE = {*_FIELD, Can.MANAGE_CASE, Can.WRITE_PLAN, Can.ISSUE_DOCUMENTS, Can.TRIAGE}
_LEAD = {*_CASE, Can.SEE_ALL_CASES, Can.ASSIGN, Can.SEE_TOTALS, Can.ANSWER_PETITIONS, Can.KEEP_DEVICES}
_PLANNING = {Can.SEE_TOTALS, Can.MEET, Can.KEEP_SERVICES, Can.KEEP_DIRECTORY, Can.PUBLISH, Can.PLAN}
_ALL_COMPARTMENTS = set(In)


def _powers(capabilities: set[Can], compartments: set[In]) -> Powers:
    return Powers(frozenset(capabilities), frozenset(compartments))


POWERS: dict[Role, Powers] = {
    Role.SOCIAL_WORKER: _powers({*_CASE, Can.ANSWER_PETITIONS}, _ALL_COMPARTMENTS),
    Role.CASE_MANAGER: _powers(_CASE, _ALL_COMPARTMENTS),
    Role.COMMUNITY_NURSE: _powers(_FIELD, {In.GENERAL, In.HEALTH}),
    Role.HEALTH_MEDIATOR: _powers(_FIELD, {In.GENERAL, In.HEALTH}),
    Role.SCHOOL_MEDIATOR: _powers(_FIELD, {In.GENERAL, In.EDUCATION}),
    Role.SCHOOL_COUNSELLOR: _powers(_FIELD - {Can.ASSESS, Can.EDIT_PEOPLE}, {In.GENERAL, In.EDUCATION}),
    Role.PSYCHOLOGIST: _powers(
        _FIELD - {Can.EDIT_PEOPLE}, {In.GENERAL, In.HEALTH, In.EDUCATION, In.VIOLENCE, In.ABUSE}
    ),
    Role.LEGAL_ADVISER: _powers(
        {
            Can.SEE_PEOPLE,
            Can.SEE_TEAM_CASES,
            Can.INTERVENE,
            Can.REFER,
            Can.EMERGENCY,
            Can.MEET,
            Can.ANSWER_PETITIONS,
            Can.NOTIFY,
        },
        {In.GENERAL, In.LEGAL, In.VIOLENCE, In.ABUSE},
    ),
    Role.SUPERVISOR: _powers(_LEAD, _ALL_COMPARTMENTS),
    Role.COORDINATOR: _powers(
        {*_LEAD, *_PLANNING, Can.APPROVE_PLAN, Can.AGREE_METHODOLOGY}, _ALL_COMPARTMENTS
    ),
    Role.PLANNER: _powers({*_PLANNING, Can.SEE_METHODOLOGY}, set()),
    Role.COUNTY_METHODOLOGIST: _powers(
        {*_PLANNING, Can.SEE_METHODOLOGY, Can.KEEP_METHODOLOGY, Can.AGREE_METHODOLOGY}, set()
    ),
    Role.PARTNER: _powers({Can.ANSWER_REFERRALS, Can.KEEP_SERVICES, Can.NOTIFY}, {In.GENERAL}),
    Role.TRAINEE: _powers({Can.SEE_PEOPLE, Can.SEE_TEAM_CASES, Can.WRITE_PLAN}, {In.GENERAL}),
    Role.STUDENT: _powers({Can.READ_OPENED}, {In.GENERAL}),
    Role.DATA_PROTECTION_OFFICER: _powers({Can.SEE_AUDIT, Can.KEEP_PRIVACY}, set()),
    Role.ADMINISTRATOR: _powers({Can.MANAGE_ACCOUNTS, Can.SEE_METHODOLOGY, Can.KEEP_DEVICES}, set()),
}

FOR_PARTNERS = frozenset({Role.PARTNER, Role.ADMINISTRATOR})
"""What an administrator may make in an institution that theirs brought in: nothing that reads its records."""
