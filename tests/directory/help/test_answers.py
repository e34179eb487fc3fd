"""What people ask, in their own words, and what must answer first; what must not answer at all."""

import pytest

from punte.directory.help.need import Reading, read_need

# The question; the right or need that answers first, `right+need` where both must lead; what must not be among the
# answers. A right leads where there is one, as on the page.
QUESTIONS = [
    (
        "cineva care să o îngrijească pe mama",
        "home_care_older+care_at_home",
        "small_children child_disability",
    ),
    ("am nevoie de cineva care sa ingrijeasca un parinte", "home_care_older+care_at_home", "small_children"),
    ("mama e la pat si nu am cu cine o lasa", "home_care_older+care_at_home", "after_school small_children"),
    ("bunica nu se mai descurcă singură", "home_care_older+care_at_home", "shelter"),
    ("tata a ramas singur si e bolnav", "home_care_older+care_at_home", "child_in_danger"),
    ("caut ingrijitoare pentru mama", "home_care_older+care_at_home", "small_children"),
    ("bătrână singură în sat", "home_care_older", "mother_and_child"),
    ("azil pentru bunicul", "home_for_older", "asylum"),
    ("mi-au tăiat curentul", "energy_protection", "heating_aid"),
    ("mi-au taiat lumina", "energy_protection", ""),
    ("am primit aviz de deconectare", "energy_protection", ""),
    ("nu pot plati factura la curent", "energy_protection", "heating_aid"),
    ("ne-au oprit gazul", "energy_protection", ""),
    ("ajutor de încălzire", "heating_aid", "energy_protection emergency_aid"),
    ("ajutor incalzrie", "heating_aid", "emergency_aid"),
    ("bani de lemne", "heating_aid", "minimum_inclusion_income"),
    ("mi-e frig in casa", "heating_aid", "shelter"),
    ("nu am bani de căldură", "heating_aid", ""),
    ("factura la gaz e prea mare", "heating_aid", ""),
    ("loc de muncă", "finding_work", "after_school unemployment"),
    ("caut de lucru", "finding_work", ""),
    ("nu gasesc de lucru", "finding_work", ""),
    ("cursuri de calificare", "finding_work", "parents"),
    ("m-au dat afară de la serviciu", "unemployment", "shelter social_housing"),
    ("somaj", "unemployment", ""),
    ("am rămas fără loc de muncă", "unemployment", "shelter"),
    ("nu avem din ce trai", "minimum_inclusion_income", ""),
    ("ajutor social", "minimum_inclusion_income", "emergency_aid"),
    ("vmi", "minimum_inclusion_income", ""),
    ("alocatie copil", "state_allowance", "child_disability"),
    ("nu mai primesc alocația", "state_allowance", ""),
    ("indemnizatie crestere copil", "child_raising_indemnity", "disability_allowance"),
    ("am născut si nu stiu ce drepturi am", "child_raising_indemnity", ""),
    ("expira certificatul de handicap", "disability_certificate", "birth_certificate disability_day"),
    ("cum fac dosar de handicap pentru copil", "disability_certificate", "disability_day"),
    ("drepturi cu handicap", "disability_allowance", ""),
    ("asistent personal", "personal_assistant", ""),
    (
        "vreau sa fiu platit sa ingrijesc copilul cu handicap",
        "personal_assistant",
        "disability_day care_at_home",
    ),
    ("bunicul nu mai vede", "blind_companion", ""),
    ("copil cu autism", "child_disability", "disability_day"),
    ("logoped", "child_disability", ""),
    ("mi-a ars casa", "emergency_aid+disaster", "social_housing"),
    ("ne-a inundat", "emergency_aid+disaster", ""),
    ("bani pentru operatie", "emergency_aid", "state_allowance"),
    ("nu avem ce manca", "social_canteen+food", ""),
    ("mi-e foame", "social_canteen+food", "school_meal"),
    ("a murit mama si nu am bani de inmormantare", "funeral_aid", "minimum_inclusion_income care_at_home"),
    ("pensie de urmas", "pension", ""),
    ("cand pot iesi la pensie", "pension", "day_for_older"),
    ("microbuz scolar", "school_transport", ""),
    ("scoala e departe", "school_transport", ""),
    ("masă caldă la școală", "school_meal", "social_canteen"),
    ("bursa sociala", "school_scholarship", ""),
    ("rechizite si ghiozdan", "school_supplies", ""),
    ("tichete gradinita", "kindergarten_vouchers+small_children", ""),
    ("cresa", "small_children", "child_raising_indemnity"),
    ("nu am medic de familie", "doctor_without_insurance", "parents"),
    ("doctor fara asigurare", "doctor_without_insurance", ""),
    ("sunt gravida si nu am asigurare", "doctor_without_insurance", ""),
    ("am nevoie de ambulanta", "emergency_care", "street_team"),
    ("buletin expirat", "identity_papers", "disability_certificate"),
    ("copilul nu are acte", "birth_certificate", "child_in_danger"),
    ("certificat de nastere pierdut", "birth_certificate", "disability_certificate"),
    ("copil neînregistrat", "late_registration", "child_in_danger"),
    ("sotul ma bate", "protection_order+violence", "aggressor"),
    ("ordin de protectie", "protection_order+violence", ""),
    ("mă urmărește peste tot", "protection_order", ""),
    ("am nevoie de avocat", "legal_aid", ""),
    ("tatal nu plateste pensia alimentara", "legal_aid", "pension food"),
    ("locuinta sociala", "social_housing+shelter", "disability_home"),
    ("ne da afara din casa", "social_housing", "unemployment"),
    ("nu am unde dormi", "shelter", ""),
    ("executor judecatoresc", "debts", ""),
    ("nu mai pot plati ratele la banca", "debts", "respite"),
    ("sotul bea in fiecare zi", "addiction_help+addiction", "violence"),
    ("vreau sa ma las de bautura", "addiction", ""),
    ("fiul meu se drogheaza", "addiction_help", "child_in_danger"),
    ("mama e plecată în italia", "parents_abroad", "care_at_home home_care_older"),
    ("cresc nepotii, parintii sunt plecati", "parents_abroad", "home_for_older"),
    ("copilul nu are unde sta după școală", "after_school", "shelter school_transport"),
    ("fűtési támogatás", "heating_aid", ""),
    ("kikapcsoltak az aramot", "energy_protection", ""),
    ("munkát keresek", "finding_work", ""),
    ("ki gondozza az anyámat", "home_care_older", "small_children"),
    ("gyermekpotlek", "state_allowance", ""),
    ("meghalt az anyám, temetés", "funeral_aid", ""),
    ("a férjem megver", "protection_order+violence", ""),
    ("elvesztettem a személyimet", "identity_papers", ""),
    ("nincs mit ennünk", "social_canteen+food", ""),
    ("they cut off our electricity", "energy_protection", ""),
    ("I lost my job", "unemployment", ""),
    ("someone to look after my mother", "home_care_older+care_at_home", "small_children"),
]


def answers(reading: Reading) -> list[str]:
    """Keys of all that answers, in the order of the page."""
    return [one.key for one in reading.answers]


@pytest.mark.parametrize(("asked", "first", "never"), QUESTIONS)
def test_what_was_asked_is_answered(asked: str, first: str, never: str) -> None:
    reading = read_need(asked)
    found = answers(reading)
    right, _and, need = first.partition("+")
    assert found[:1] == [right], found
    assert not need or [one.key for one in reading.needs[:1]] == [need], found
    assert not set(never.split()) & set(found), found


def test_a_question_is_asked_once() -> None:
    asked = [question for question, _first, _never in QUESTIONS]
    assert len(set(asked)) == len(asked) >= 80
