"""Reports in the demonstration: the project's, written part by part and issued; the town's year and a plan, begun."""

import datetime as dt
import io

from PIL import Image, ImageDraw

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.programmes.models import Programme
from punte.reports.actions import add_photograph, begin_report, issue_report, write_part

_WRITTEN = {
    "summary": (
        "Proiectul a sprijinit {realizat_i_1_1} familii mutate din Pata Rât să rămână în locuințele lor.\n"
        "- locuire: management de caz, grupuri de suport, o metodologie actualizată;\n"
        "- educație: after-school, școala părinților, tabere, sprijin împotriva abandonului;\n"
        "- violență de gen: servicii specializate și prevenire;\n"
        "- echipa: intervizare, supervizare, studenți în practică."
    ),
    "work:I.1": (
        "Am lucrat cu {realizat_i_1_1} familii ({procent_i_1_1} din cât ne-am propus), fiecare cu plan și vizite după"
        " nevoie. Regimul s-a stabilit prin evaluare și s-a schimbat în ambele direcții."
    ),
    "work:I.2": (
        "Au avut loc {realizat_i_2_1} întâlniri, cu {participations_i_2} de participări. Media se scrie cu o zecimală."
    ),
    "work:I.3": "Metodologia s-a actualizat cu ce am învățat de la familii și din echipă.",
    "work:II.1": "La programul de după școală au venit {realizat_ii_1_1} copii, față de {tinta_ii_1_1} propuși.",
    "work:II.2": "Școala părinților a ținut {realizat_ii_2_1} sesiuni. Câți părinți au venit nu s-a numărat.",
    "work:II.3": "Copiii au mers la tabere de zi în vacanța de vară.",
    "work:II.4": "Fiecare copil cu risc de abandon a avut un plan făcut împreună cu școala.",
    "work:II.5": "Atelierele de educație non-formală au continuat în cartier.",
    "work:II.6": "Adolescenții s-au întâlnit în grupuri de suport.",
    "work:III.1": "Femeile au primit consiliere, însoțire și sprijin juridic; numele lor nu apar nicăieri aici.",
    "work:III.2": "Am vorbit despre violență în școli și în cartier.",
    "work:III.3": "La cafeneaua femeilor s-a discutat despre ce vor participantele.",
    "work:IV.1": "Echipa a avut intervizare și supervizare în fiecare lună.",
    "work:IV.2": "Studenții au lucrat alături de echipă, sub supervizare.",
    "lessons": (
        "- locuința se păstrează mai ușor când cineva vine din vreme, nu la prima restanță;\n"
        "- numărul participanților se scrie la fiecare întâlnire, ca media să iasă singură."
    ),
}


def write_reports(today: dt.date) -> None:
    """The project's report is whole and issued; two more are begun."""
    programme = Programme.objects.filter(key="passus").select_related("organization").first()
    if programme is None:
        return
    house = programme.organization
    planner = next(
        (
            one
            for one in User.objects.filter(appointments__organization=house).order_by("pk").distinct()
            if one.standing.may(Capability.PLAN, house.pk)
        ),
        None,
    )
    if planner is None:
        return
    report = begin_report(
        by=planner, kind="project_report", organization=house, start=programme.start, end=programme.end,
        programme=programme,
    )  # fmt: skip
    for part, text in _WRITTEN.items():
        write_part(by=planner, report=report, part=part, text=text, revision=0)
    add_photograph(
        by=planner, report=report, part="work:II.3", name="tabara.jpg", content=_yard(), nobody=True,
        caption="Curtea în care s-au ținut taberele de zi",
    )  # fmt: skip
    issue_report(by=planner, report=report, confirmed=True)
    first, last = dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)
    for kind in ("town_year", "separation_plan"):
        begin_report(by=planner, kind=kind, organization=house, start=first, end=last)


def _yard() -> bytes:
    """A house and its yard, drawn: nobody was ever photographed."""
    sky, grass, wall, door, sun = (
        (188, 210, 228),
        (120, 160, 90),
        (205, 170, 130),
        (90, 60, 40),
        (250, 220, 120),
    )
    picture = Image.new("RGB", (1200, 750), sky)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 480, 1200, 750), fill=grass)
    pen.polygon([(225, 480), (225, 270), (420, 150), (615, 270), (615, 480)], fill=wall)
    pen.rectangle((375, 345, 465, 480), fill=door)
    pen.ellipse((900, 82, 1020, 202), fill=sun)
    made = io.BytesIO()
    picture.save(made, "JPEG")
    return made.getvalue()
