"""Maps drawn on the server: never blank, pins numbered like the list, none covering another, steps that tell apart."""

import re
from itertools import combinations
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from punte.www.frame.maps.boxes import Box, gathered
from punte.www.frame.maps.drawing import Frame
from punte.www.frame.maps.pins import Pin, PinMap, pin_map
from punte.www.frame.maps.steps import steps_of
from tests.factories import UatFactory

CLUJ = (46.77, 23.60)
TURDA = (46.57, 23.79)


def pin(number: int, at: tuple[float, float], label: str = "") -> Pin:
    return Pin(number, label or f"Locul {number}", *at, href=f"#s{number}")


def shown(drawn: PinMap) -> str:
    return render_to_string("frame/maps/pins.html", {"map": drawn, "label": "Harta"})


class TestBoxes:
    @given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 250)), max_size=30))
    def test_none_of_a_map_covers_another_and_none_is_lost(self, places: list[tuple[float, float]]) -> None:
        def box(group: list[int]) -> Box:
            x, y = (sum(places[one][axis] for one in group) / len(group) for axis in (0, 1))
            return Box(x, y, 44, 44).within(300, 250)

        groups = gathered(range(len(places)), box)
        assert not any(one[1].meets(other[1]) for one, other in combinations(groups, 2))
        assert sorted(one for group, _box in groups for one in group) == list(range(len(places)))

    def test_what_stands_clear_stays_alone(self) -> None:
        groups = gathered([0, 44, 100], lambda group: Box(sum(group) / len(group), 0, 44, 44))
        assert [group for group, _box in groups] == [[0], [44], [100]]


class TestFrame:
    def test_north_is_above_and_east_to_the_right_and_all_is_on_it(self) -> None:
        frame = Frame([(23.0, 46.0), (24.0, 47.0)], width=360, height=300, margin=40)
        (west, south), (east, north) = frame.at(23.0, 46.0), frame.at(24.0, 47.0)
        assert 40 <= west < east <= 320 and 40 <= north < south <= 260

    def test_one_place_shows_some_kilometres_around(self) -> None:
        frame = Frame([(23.6, 46.77)], width=360, height=300, margin=40, least=0.06)
        assert frame.at(23.6, 46.77) == (180, 150)
        assert frame.shows((23.61, 46.78, 23.62, 46.79)) and not frame.shows((24.0, 46.0, 24.1, 46.1))


class TestSteps:
    def test_zero_and_the_unknown_are_steps_of_their_own(self) -> None:
        steps = steps_of([0, None, 3, 0])
        assert (steps.of(0), steps.of(None), steps.of(3)) == ("step1", "unknown", "step2")

    def test_few_values_are_a_step_each(self) -> None:
        assert steps_of([1, 1, 2, 7]).named == [("step4", 7, 7), ("step3", 2, 2), ("step2", 1, 1)]

    @given(st.lists(st.integers(0, 1000) | st.none(), max_size=60))
    def test_the_worse_is_never_lighter_and_every_value_is_in_the_range_of_its_step(
        self, values: list[int | None]
    ) -> None:
        steps = steps_of(values)
        known = sorted(value for value in values if value is not None)
        told = [steps.of(value) for value in known]
        assert told == sorted(told) and set(told) <= {f"step{number}" for number in range(1, 6)}
        ranges = {name: (first, last) for name, first, last in steps.named}
        assert all(
            ranges[steps.of(value)][0] <= value <= ranges[steps.of(value)][1] for value in known if value
        )


@pytest.mark.django_db
class TestPins:
    def test_far_ones_stand_alone_under_their_numbers(self) -> None:
        drawn = pin_map([pin(1, CLUJ), pin(2, TURDA)])
        for layer in (drawn.narrow, drawn.wide):
            assert [(sign.text, sign.caption, sign.href) for sign in layer.signs] == [
                ("1", "1. Locul 1", "#s1"),
                ("2", "2. Locul 2", "#s2"),
            ]

    def test_those_that_would_cover_each_other_are_one_that_says_all_their_numbers(self) -> None:
        near = [pin(number, (CLUJ[0] + number / 1000, CLUJ[1])) for number in (3, 4, 5)]
        (sign, other) = pin_map([*near, pin(9, TURDA)]).narrow.signs
        assert (sign.text, sign.caption) == ("3–5", "3–5: 3. Locul 3; 4. Locul 4; 5. Locul 5")
        assert other.text == "9" and sign.width < sign.target == 44

    def test_a_long_row_is_told_by_its_first_and_the_rest_counted(self) -> None:
        crowd = [pin(number, CLUJ) for number in range(1, 20, 2)]
        (sign,) = pin_map(crowd).narrow.signs
        assert sign.text == "1 +9" and sign.caption.endswith("; și încă 4")

    def test_a_wide_screen_tells_more_of_them_apart(self) -> None:
        row = [pin(number, (CLUJ[0], CLUJ[1] + number * 0.06)) for number in range(1, 9)]
        drawn = pin_map(row)
        assert len(drawn.narrow.signs) < len(drawn.wide.signs) == 8

    def test_the_ground_is_never_blank(self) -> None:
        for drawn in (pin_map([]), pin_map([pin(1, CLUJ)]), pin_map([pin(1, (0.0, 0.0))])):
            assert drawn.ground.borders or drawn.ground.areas or drawn.narrow.signs
        assert len(pin_map([]).ground.borders) == 42
        assert pin_map([pin(1, CLUJ)]).ground.areas

    def test_towns_are_named_where_they_cover_no_pin(self) -> None:
        UatFactory(name="Cluj-Napoca", urban=True, latitude=CLUJ[0], longitude=CLUJ[1])
        UatFactory(name="Turda", urban=True, latitude=TURDA[0], longitude=TURDA[1])
        drawn = pin_map([pin(1, CLUJ)], around=[TURDA[::-1]])
        assert [town.name for town in drawn.narrow.towns] == ["Turda"]

    def test_on_the_page_each_is_a_link_with_a_name_and_room_for_a_finger(self) -> None:
        page = shown(pin_map([pin(1, CLUJ, "Licurici <b>"), pin(2, TURDA)]))
        narrow = page.split('class="wide"')[0]
        assert re.findall(r'class="pin"\s+href="(#s\d)"', narrow) == ["#s1", "#s2"]
        assert narrow.count('height="44"') == 2 and 'width="44.0"' in narrow
        assert "1. Licurici &lt;b&gt;" in page and "<b>" not in page
        assert "style=" not in page and "Contururi schematice" in page

    def test_one_that_leads_nowhere_is_no_link(self) -> None:
        page = shown(pin_map([Pin(4, "Aici", *CLUJ)]))
        assert "<a " not in page and 'aria-label="4. Aici"' in page

    def test_it_asks_two_questions_however_many_there_are(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(2):
            pin_map([pin(number, CLUJ) for number in range(1, 40)])
