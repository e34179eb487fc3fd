"""The public pages: found without an account, in three languages, whole without JavaScript, kept for a short while."""

import datetime as dt
import html
import io
import re
import uuid
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.directory.enums import ServiceStatus
from punte.directory.help.need import benefits
from punte.directory.models import Licence, OccupancySnapshot, StatusPeriod
from tests.directory.help.conftest import MANASTUR, MARASTI, City
from tests.factories import worker

ASKED = {"q": "copilul meu nu are unde sta după școală", "loc": "Mănăștur"}
LONG = "Un centru unde copiii își fac temele și mănâncă de prânz. " * 60


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def page(name: str, client: Client | None = None, *, args: list[Any] | None = None, **query: Any) -> Any:
    return (client or Client()).get(reverse(name, args=args), query)


class TestFirstPage:
    def test_a_visitor_is_led_to_where_help_is_found_and_staff_sign_in_is_one_click_away(
        self, db: None
    ) -> None:
        answer = Client().get("/")
        assert answer.status_code == 302 and answer.url == "/ajutor/"
        assert reverse("account_login") in Client().get("/ajutor/").content.decode()

    def test_emergency_numbers_can_be_dialled_from_every_page(self, city: City) -> None:
        service = city.service("Licurici")
        for address in (
            "/ajutor/",
            "/ajutor/harta/",
            f"/ajutor/serviciu/{service.pk}/",
            "/ajutor/incorporat/",
        ):
            shown = Client().get(address).content.decode()
            assert 'href="tel:112"' in shown and 'href="tel:119"' in shown, address


class TestList:
    def test_says_what_was_understood_and_why_each_is_there(self, city: City) -> None:
        near, far = city.service("Cel de aproape", at=MANASTUR), city.service("Cel de departe", at=MARASTI)
        city.counted(near, places=5, taken=3)
        city.counted(far, places=5, taken=5)
        shown = text(page("find_help", **ASKED))
        assert "Am înțeles: Centru de zi pentru copii, după școală , lângă Mănăștur" in shown
        assert shown.index("Cel de aproape") < shown.index("Cel de departe")
        assert "pentru că ați scris „copilul”, „școală”: centru de zi pentru copii, după școală" in shown
        assert "2 locuri libere" in shown and "niciun loc liber" in shown
        assert "la circa 4,9 km de Mănăștur" in shown

    def test_a_place_in_the_sentence_is_enough(self, city: City) -> None:
        city.service("Licurici", at=MARASTI)
        assert "lângă Mănăștur" in text(page("find_help", q="centru de zi copil în Mănăștur"))

    def test_nothing_found_says_what_to_do_next(self, city: City) -> None:
        city.service("Licurici")
        shown = page("find_help", **ASKED, liber="on", km="2").content.decode()
        assert "Nu am găsit nimic" in shown and "119" in shown and "/primarie/" in shown
        wider = re.search(r'href="([^"]+)">Căutați mai larg', shown)
        assert wider and "Licurici" in text(Client().get(wider[1].replace("&amp;", "&")))

    def test_an_unknown_place_is_said_and_the_list_goes_on(self, city: City) -> None:
        city.service("Licurici")
        shown = text(page("find_help", q="copil după școală", loc="Nicăierișteni"))
        assert "Nu știm unde este „Nicăierișteni”" in shown and "Licurici" in shown

    def test_danger_shows_the_numbers_before_the_list(self, city: City) -> None:
        shown = text(page("find_help", q="soțul mă bate"))
        assert "0800 500 333" in shown

    def test_without_a_question_the_needs_stand_to_choose_from(self, city: City) -> None:
        city.service("Cantina", code="8810 ID-I")
        shown = page("find_help").content.decode()
        link = re.search(r'<a href="([^"]+)">Îngrijire acasă', shown)
        assert link and "Cantina" in text(Client().get(reverse("find_help") + link[1]))
        assert "Cantina" in text(page("find_help", nevoie="care_at_home"))

    @pytest.mark.parametrize(
        "query",
        [
            {"km": "x"},
            {"cine": "nimeni"},
            {"pagina": "-1"},
            {"pagina": "9" * 40},
            {"pagina": "²"},
            {"nevoie": "' OR 1=1"},
            {"q": "\x00"},
            {"q": "a" * 5000},
            {"loc": "\x00", "km": "5"},
            {"limba": "xx"},
        ],
    )
    def test_nonsense_in_the_address_is_no_error(self, city: City, query: dict[str, str]) -> None:
        city.service("Licurici")
        assert page("find_help", **query).status_code == 200
        assert page("help_map", **query).status_code == 200

    def test_pages_ask_few_questions(self, city: City, pinned: Any) -> None:
        for number in range(30):
            service = city.service(f"s{number}", at=MANASTUR)
            city.counted(service, places=3, taken=1)
            city.open_on(service, 1)
        Client().get("/ajutor/")
        pinned(page, "find_help", **ASKED, liber="on")
        pinned(page, "help_map", **ASKED, liber="on")


class TestRights:
    def test_stand_in_the_list_before_the_services_that_help(self, city: City) -> None:
        city.service("Îngrijire Petro", code="8810 ID-I")
        answer = page("find_help", q="cineva care să o îngrijească pe mama")
        shown = text(answer)
        assert shown.index("Îngrijire la domiciliu pentru vârstnici") < shown.index("Îngrijire Petro")
        assert "Servicii care ajută" in shown
        assert benefits()["home_care_older"].number in answer.content.decode()

    def test_are_told_where_no_service_is(self, city: City) -> None:
        shown = text(page("find_help", q="mi-au tăiat curentul"))
        assert "Protecția consumatorului vulnerabil" in shown and "Nu știm aici un serviciu" in shown

    def test_stand_on_the_first_page_to_choose_from(self, city: City) -> None:
        shown = page("find_help").content.decode()
        for one in benefits().values():
            assert reverse("public_benefit", args=[one.number]) in shown

    @pytest.mark.parametrize("language", ["ro", "en", "hu"])
    @pytest.mark.parametrize("key", list(benefits()))
    def test_each_has_its_page_in_three_languages(self, db: None, key: str, language: str) -> None:
        right = benefits()[key]
        answer = page("public_benefit", args=[right.number], limba=language)
        shown = html.unescape(text(answer))
        told = [right.name, right.what.text, right.for_whom.text, *right.papers.names]
        for words in [
            *(one[language] for one in told),
            *right.next[language],
            *(act.name for act in right.law),
        ]:
            assert words in shown, words
        assert f"drept/{key}" not in answer.content.decode()

    def test_what_a_county_has_not_confirmed_is_marked(self, db: None) -> None:
        shown = text(page("public_benefit", args=[benefits()["heating_aid"].number]))
        assert "(de confirmat)" in shown and "Sumele și pragurile se schimbă" in shown

    def test_of_violence_is_left_quickly_and_says_nothing_in_its_title(self, db: None) -> None:
        shown = page("public_benefit", args=[benefits()["protection_order"].number]).content.decode()
        title = re.search("<title>(.*?)</title>", shown, re.DOTALL)
        assert title and "protecție" not in title[1]
        assert "Părăsește" in shown and "0800 500 333" in shown

    def test_an_unknown_one_is_not_found(self, db: None) -> None:
        assert page("public_benefit", args=["heating_aid"]).status_code == 404


class TestMap:
    def test_holds_the_same_list_and_the_points_as_data(self, city: City) -> None:
        city.service("Licurici", at=MANASTUR)
        city.service("Undeva", uat=city.commune)
        answer = page("help_map", q="copil după școală")
        data = answer.context["map_data"]
        assert [point["at"] for point in data["points"]] == [list(MANASTUR)]
        assert {one["name"]: one["n"] for one in data["localities"]} == {"Cluj-Napoca": 1, "Aghireșu": 1}
        assert "Licurici" in text(answer) and "Undeva" in text(answer)

    def test_a_shelter_is_no_point_of_it(self, city: City) -> None:
        city.service("Adăpost", code="8790 CR-VD-I", at=MANASTUR)
        answer = page("help_map", q="soțul mă bate")
        assert "Adăpost" in text(answer) and answer.context["map_data"]["points"] == []
        assert answer.context["drawn"].narrow.signs == answer.context["drawn"].wide.signs == []
        assert answer.context["map_data"]["seats"] == []
        assert "46.757" not in answer.content.decode() and "str. Exemplu" not in answer.content.decode()

    def test_a_service_whose_place_is_not_known_stands_at_the_seat_and_says_so(self, city: City) -> None:
        city.service("Licurici", at=MANASTUR)
        city.service("Undeva", uat=city.commune)
        answer = page("help_map", q="copil după școală")
        assert [(sign.text, sign.exact) for sign in answer.context["drawn"].wide.signs] == [
            ("1", True),
            ("2", False),
        ]
        assert answer.context["map_data"]["seats"] == [{"n": 2, "name": "Undeva", "at": [46.87, 23.24]}]
        assert 'class="pin nearly"' in answer.content.decode() and "linie întreruptă" in text(answer)

    def test_pins_have_the_numbers_of_the_list_on_every_page_of_it(self, city: City) -> None:
        for number in range(25):
            city.service(f"s{number:02}", at=(MANASTUR[0] + number / 1000, MANASTUR[1]))
        for which, numbers in (("1", range(1, 21)), ("2", range(21, 26))):
            answer = page("help_map", q="copil după școală", pagina=which)
            told = answer.content.decode()
            assert [one["n"] for one in answer.context["map_data"]["points"]] == [*numbers]
            assert re.findall(r'<li id="s(\d+)"', told) == [str(number) for number in numbers]
            assert re.findall(r'<b class="nth">(\d+)\.</b>', told) == [str(number) for number in numbers]
            captions = "; ".join(sign.caption for sign in answer.context["drawn"].wide.signs)
            assert all(f"{number}. s" in captions for number in [*numbers][:6])

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("ro", "Contururi schematice, trase din punctele localităților"),
            ("en", "Outlines are schematic"),
            ("hu", "A határvonalak vázlatosak"),
        ],
    )
    def test_stands_without_javascript_in_three_languages(
        self, city: City, language: str, words: str
    ) -> None:
        city.service("Licurici", at=MANASTUR)
        client = Client()
        client.get("/ajutor/", {"limba": language})
        told = page("help_map", client, q="copil după școală").content.decode()
        assert words in told and 'href="#s1"' in told and told.count('class="area') > 2

    def test_is_not_blank_where_nothing_is_found(self, city: City) -> None:
        ground = page("help_map", q="zzzz").context["drawn"].ground
        assert len(ground.borders) > 40

    def test_a_locality_is_shaded_by_its_services_and_leads_to_them(self, city: City) -> None:
        city.service("Licurici", at=MANASTUR)
        city.service("Undeva", uat=city.commune)
        answer = page("help_map", q="copil după școală")
        areas = {area.shade.caption: area.shade for area in answer.context["drawn"].ground.areas}
        assert "Cluj-Napoca: 1 serviciu" in areas
        narrowed = Client().get(reverse("help_map") + areas["Cluj-Napoca: 1 serviciu"].href)
        assert "Licurici" in text(narrowed)

    @pytest.mark.both
    def test_the_ground_of_the_map_that_moves_is_every_county_or_one_with_its_uats(self, city: City) -> None:
        country = page("help_outlines").json()["features"]
        assert len(country) == 42 and {one["properties"]["uat"] for one in country} == {None}
        assert len(page("help_outlines", judet="cj").json()["features"]) == 82
        assert page("help_outlines", judet="\0").json()["features"] == []

    def test_tiles_come_only_from_where_the_operator_says(self, city: City, settings: Any) -> None:
        assert "https:" not in page("help_map").headers["Content-Security-Policy"]
        settings.TILES_URL = "https://{s}.tiles.example/{z}/{x}/{y}.png"
        policy = page("help_map").headers["Content-Security-Policy"]
        assert "img-src 'self' data: blob: https://*.tiles.example;" in policy


class TestService:
    def full(self, city: City) -> Any:
        service = city.service(
            "Licurici",
            at=MANASTUR,
            phone="0264 000 011, 0264 000 012",
            description=LONG,
            eligibility="Copii din Cluj",
            min_age=6,
            max_age=14,
            price="Gratuit pentru toți",
            required_papers="Certificat de naștere\nAdeverință de la școală",
            step_free=True,
            accessibility="Toaletă pentru fotoliu rulant",
            languages=["ro", "hu"],
            confirmed_at=timezone.make_aware(dt.datetime(2026, 11, 2, 12)),
        )
        city.counted(service, places=5, taken=3)
        OccupancySnapshot.objects.create(
            service=service, at=timezone.now(), taken=4, waiting=2, source="said"
        )
        city.open_on(service, 1)
        Licence.objects.create(
            service=service, number="LF 12", start=dt.date(2024, 1, 1), end=dt.date(2099, 1, 1)
        )
        return service

    def test_tells_all_that_is_known(self, city: City) -> None:
        answer = page("public_service", args=[self.full(city).pk])
        shown = text(answer)
        for words in (
            "un loc liber",
            "2 persoane așteaptă un loc",
            "De la 6 la 14 ani",
            "Gratuit pentru toți",
            "Adeverință de la școală",
            "Intrare fără trepte",
            "Toaletă pentru fotoliu rulant",
            "Română, Maghiară",
            "LF 12",
            "onfirmat ultima dată la 2 noiembrie 2026",
            "str. Exemplu nr. 1",
            "Luni 08:00–16:00",
        ):
            assert words.lower() in shown.lower(), words
        assert 'href="tel:0264000011"' in answer.content.decode()
        assert 'href="geo:46.75700,23.55800' in answer.content.decode()

    def test_the_newest_count_is_on_the_page_at_once(self, city: City) -> None:
        service = self.full(city)
        city.counted(service, places=9, taken=2)
        assert "7 locuri libere" in text(page("public_service", args=[service.pk]))

    def test_of_a_shelter_the_address_stays_untold(self, city: City) -> None:
        service = city.service("Adăpost", code="8790 CR-VD-I", at=MANASTUR)
        answer = page("public_service", args=[service.pk])
        assert "str. Exemplu" not in answer.content.decode() and "geo:" not in answer.content.decode()
        assert "nu se publică" in text(answer)

    def test_a_closed_one_says_so_and_names_the_nearest_alike(self, city: City) -> None:
        closed = city.service("Închis", at=MANASTUR, status=ServiceStatus.CLOSED)
        StatusPeriod.objects.create(
            service=closed, status="closed", start=dt.date(2026, 9, 1), reason="Fără finanțare"
        )
        city.service("Următorul", at=MARASTI)
        shown = text(page("public_service", args=[closed.pk]))
        assert "s-a închis" in shown and "1 septembrie 2026" in shown and "Fără finanțare" in shown
        assert "Următorul" in shown

    @pytest.mark.parametrize(
        ("language", "told"),
        [
            ("ro", "Închis astăzi, sărbătoare legală"),
            ("en", "Closed today, legal holiday"),
            ("hu", "Ma zárva, munkaszüneti nap"),
        ],
    )
    def test_on_a_legal_holiday_it_says_that_it_is_closed(
        self, city: City, monkeypatch: pytest.MonkeyPatch, language: str, told: str
    ) -> None:
        service, other = city.service("Licurici"), city.service("mereu", always_open=True)
        national_day = timezone.make_aware(dt.datetime(2026, 12, 1, 10))
        city.open_on(service, national_day.isoweekday())
        monkeypatch.setattr(timezone, "localtime", lambda *_: national_day)
        client = Client()
        client.cookies["punte_language"] = language
        assert told in text(page("public_service", client, args=[service.pk]))
        assert told not in text(page("public_service", client, args=[other.pk]))

    def test_an_open_one_does_not_ask_for_others(self, city: City, pinned: Any) -> None:
        service = self.full(city)
        pinned(page, "public_service", args=[service.pk])

    def test_an_unknown_one_is_not_found(self, db: None) -> None:
        assert page("public_service", args=[uuid.uuid4()]).status_code == 404

    @pytest.mark.parametrize("language", ["ro", "en", "hu"])
    def test_the_leaflet_is_one_tagged_page(self, city: City, language: str) -> None:
        service = self.full(city)
        answer = page("service_leaflet", args=[service.pk], limba=language)
        assert answer.headers["Content-Type"] == "application/pdf"
        with pikepdf.open(io.BytesIO(answer.content)) as pdf:
            assert len(pdf.pages) == 1
            assert str(pdf.Root.Lang).startswith(language)
            assert pdf.Root.MarkInfo.Marked and "/StructTreeRoot" in pdf.Root
            with pdf.open_metadata() as described:
                assert described["pdfuaid:part"] == "1"

    def test_the_leaflet_of_an_almost_empty_service_stands_too(self, city: City) -> None:
        service = city.service("x" * 180)
        assert page("service_leaflet", args=[service.pk]).content.startswith(b"%PDF")


class TestLanguages:
    def test_chosen_by_a_link_and_remembered(self, city: City) -> None:
        client = Client()
        assert 'lang="hu"' in page("find_help", client, limba="hu").content.decode()[:60]
        assert "Segítségkeresés" in text(page("find_help", client))
        assert "Find help" in text(page("find_help", client, limba="en"))

    def test_the_link_keeps_the_question(self, city: City) -> None:
        shown = page("find_help", **ASKED).content.decode()
        assert re.search(r'href="/ajutor/\?q=[^"]+&amp;limba=hu"', shown)

    def test_the_office_never_turns_hungarian(self, db: None) -> None:
        client = Client()
        client.force_login(worker(Role.SOCIAL_WORKER))
        page("find_help", client, limba="hu")
        assert "Contul meu" in client.get("/cont/").content.decode()
        assert "Caută" in client.get("/gospodarii/").content.decode()

    def test_a_need_is_shown_in_the_language_of_the_page(self, city: City) -> None:
        city.service("Licurici")
        shown = text(page("find_help", q="copilul nu are unde sta după școală", limba="hu"))
        assert "Nappali központ gyermekeknek" in shown


class TestHeaders:
    def test_pages_are_kept_shortly_and_by_cookie(self, city: City) -> None:
        headers = page("find_help").headers
        assert headers["Cache-Control"] == "public, max-age=60" or "max-age=60" in headers["Cache-Control"]
        assert "public" in headers["Cache-Control"] and "Cookie" in headers["Vary"]
        assert not Client().get("/ajutor/").cookies

    def test_for_who_is_signed_in_nothing_is_kept(self, db: None) -> None:
        client = Client()
        client.force_login(worker(Role.SOCIAL_WORKER))
        assert page("find_help", client).headers["Cache-Control"] == "no-store, private"

    def test_search_engines_find_services_but_not_answers(self, city: City) -> None:
        service = city.service("Licurici")
        assert page("public_service", args=[service.pk]).headers["X-Robots-Tag"] == "all"
        assert page("find_help").headers["X-Robots-Tag"] == "all"
        assert "noindex" in page("find_help", **ASKED).headers["X-Robots-Tag"]
        assert "Allow: /ajutor/" in Client().get("/robots.txt").content.decode()

    def test_only_the_finder_may_stand_in_pages_of_others(self, city: City) -> None:
        headers = page("embedded_finder").headers
        assert "frame-ancestors *" in headers["Content-Security-Policy"] and "X-Frame-Options" not in headers
        for name in ("find_help", "help_map", "embed_finder"):
            headers = page(name).headers
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
            assert headers["X-Frame-Options"] == "DENY"

    def test_the_snippet_shows_the_finder(self, city: City) -> None:
        assert "/ajutor/incorporat/" in text(page("embed_finder"))
