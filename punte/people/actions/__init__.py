"""Everything that changes what is known of people and households."""

from punte.people.actions.consents import record_consent, withdraw_consent
from punte.people.actions.documents import add_document, remove_document
from punte.people.actions.dwellings import change_dwelling, record_dwelling
from punte.people.actions.emergency import (
    acknowledge_emergency,
    answer_emergency,
    look_in_vain,
    open_by_cnp,
    open_in_emergency,
)
from punte.people.actions.households import change_household, create_household
from punte.people.actions.joining import join_people
from punte.people.actions.kinship import remove_kinship, set_kinship
from punte.people.actions.membership import join_household, leave_household
from punte.people.actions.other_names import add_other_name, remove_other_name
from punte.people.actions.parting import Parted, say_different, take_apart
from punte.people.actions.people import change_person, create_person
from punte.people.actions.registers import (
    answer_lines,
    forget_old_registers,
    forget_register,
    join_sure_lines,
    name_columns,
    send_register,
)
from punte.people.actions.subject_requests import answer_request, put_off_request, take_in_request
from punte.people.actions.take_in_register import take_in_register

__all__ = [
    "Parted",
    "acknowledge_emergency",
    "add_document",
    "add_other_name",
    "answer_emergency",
    "answer_lines",
    "answer_request",
    "change_dwelling",
    "change_household",
    "change_person",
    "create_household",
    "create_person",
    "forget_old_registers",
    "forget_register",
    "join_household",
    "join_people",
    "join_sure_lines",
    "leave_household",
    "look_in_vain",
    "name_columns",
    "open_by_cnp",
    "open_in_emergency",
    "put_off_request",
    "record_consent",
    "record_dwelling",
    "remove_document",
    "remove_kinship",
    "remove_other_name",
    "say_different",
    "send_register",
    "set_kinship",
    "take_apart",
    "take_in_register",
    "take_in_request",
    "withdraw_consent",
]
