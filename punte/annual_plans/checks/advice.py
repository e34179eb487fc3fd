"""What to do about a remark, by the rule that found it."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

_TO_DO: tuple[tuple[str, str | Promise], ...] = (
    (
        "code_missing code_unknown cell_shifted",
        pgettext_lazy("what to do", "Choose the code from the nomenclature."),
    ),
    (
        "code_misspelt code_spacing",
        pgettext_lazy("what to do", "Write the code as the nomenclature does."),
    ),
    (
        "code_twice",
        pgettext_lazy("what to do", "Keep one row and join the amounts."),
    ),
    (
        "code_lists_differ",
        pgettext_lazy("what to do", "Add the code to the other table, or take it out of this one."),
    ),
    (
        "code_not_eligible code_outside_list",
        pgettext_lazy("what to do", "Add the code to I.D.1, or choose the right one."),
    ),
    (
        "code_without_provider",
        pgettext_lazy(
            "what to do",
            "If it is kept for new services, say so in the note; otherwise move the amount.",
        ),
    ),
    (
        "code_of_another_kind",
        pgettext_lazy("what to do", "Check the name beside the code."),
    ),
    (
        "amounts_shifted",
        pgettext_lazy(
            "what to do", "Move each amount up to its own code; the remarks folded here go with it."
        ),
    ),
    (
        "amount_missing",
        pgettext_lazy("what to do", "Write the amount, or take the row out."),
    ),
    (
        "subsidy_total",
        pgettext_lazy("what to do", "Correct the total or the amounts."),
    ),
    (
        "programme_over_total code_over_line",
        pgettext_lazy("what to do", "Raise what is kept, or lower what is asked."),
    ),
    (
        "cost_per_place own_below_subsidy cost_standard",
        pgettext_lazy("what to do", "Check the amount, the capacity and its unit."),
    ),
    (
        "no_budget",
        pgettext_lazy("what to do", "Write the budget of those that have one."),
    ),
    (
        "contributions_alone",
        pgettext_lazy("what to do", "Move the amount to its column, if it is another."),
    ),
    (
        "cpv_missing",
        pgettext_lazy("what to do", "Write the CPV codes in I.D.3."),
    ),
    (
        "proposal_incomplete training_incomplete left_blank campaign_nobody capacity_missing",
        pgettext_lazy("what to do", "Fill in what is missing."),
    ),
    (
        "capacity_unclear stacked_values",
        pgettext_lazy("what to do", "Write one number, or a row for each."),
    ),
    (
        "capacity_zero occupancy_without_capacity occupancy_impossible",
        pgettext_lazy("what to do", "Ask the provider for the right number."),
    ),
    (
        "capacity_far_off",
        pgettext_lazy("what to do", "Check the number and whether it is for a day, a month or a year."),
    ),
    (
        "capacity_unit_unclear",
        pgettext_lazy("what to do", "Write the unit: at one time, a day, a month or a year."),
    ),
    (
        "capacity_differs",
        pgettext_lazy("what to do", "Ask the provider which number holds."),
    ),
    (
        "occupancy_missing occupancy_not_reported",
        pgettext_lazy("what to do", "Ask the provider for the occupancy."),
    ),
    (
        "same_service_twice consulted_twice campaign_repeated",
        pgettext_lazy("what to do", "Keep one of the rows, or say what sets them apart."),
    ),
    (
        "gone_without_a_word",
        pgettext_lazy("what to do", "Put it back, or close the service in the directory."),
    ),
    (
        "not_in_plan",
        pgettext_lazy("what to do", "Add the service, or join the two records where it is the same one."),
    ),
    (
        "numbering",
        pgettext_lazy("what to do", "Number the rows again."),
    ),
    (
        "foreign_letters word_twice stray_number stray_punctuation draft_mark",
        pgettext_lazy("what to do", "Correct the text."),
    ),
    (
        "quotes_open",
        pgettext_lazy("what to do", "Close the quotation."),
    ),
    (
        "quotes_mixed",
        pgettext_lazy("what to do", "Use the same marks at both ends: „ ”."),
    ),
    (
        "spelled_two_ways",
        pgettext_lazy("what to do", "Write the name in one way."),
    ),
    (
        "other_year period_over",
        pgettext_lazy("what to do", "Check whether the act still holds, or put the newer one in its place."),
    ),
    (
        "consulted_unknown",
        pgettext_lazy("what to do", "Check the name, or whether its service is missing from I.A."),
    ),
    (
        "not_consulted",
        pgettext_lazy("what to do", "Consult them, or say in the note how they were asked."),
    ),
    (
        "campaign_count count_in_words",
        pgettext_lazy("what to do", "Correct the number in the text, or the rows."),
    ),
    (
        "campaign_without_month campaign_period",
        pgettext_lazy("what to do", "Write the first and the last month."),
    ),
    (
        "read_otherwise",
        pgettext_lazy(
            "what to do", "Check that they are the same; then write the name as the directory does."
        ),
    ),
    (
        "act_with_two_titles",
        pgettext_lazy("what to do", "Write the title of the act as it was published."),
    ),
)
ADVICE: dict[str, str | Promise] = {kind: words for kinds, words in _TO_DO for kind in kinds.split()}
"""Every rule has its advice; a test holds it."""
