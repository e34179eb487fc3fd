"""Papers with invented people, to render without a database."""

from dataclasses import asdict, replace

from punte.documents.paper import (
    Chapter,
    FindingLine,
    Head,
    IdentifiedMember,
    Line,
    Member,
    ObjectiveBlock,
    PersonText,
    ServicePlan,
    Signature,
    SocialInquiry,
    StepLine,
)
from punte.documents.templates import PaperTemplate, current

_HEAD = Head(
    county="Județul Cluj",
    institution="Primăria Comunei Valea Mică",
    service="Serviciul public de asistență socială",
    contact="Str. Principală nr. 1, Valea Mică · 0264 000 000 · social@valea-mica.exemplu.ro",
)
_SUBJECT = [
    Line("Beneficiar", "Dinu Elena"),
    Line("CNP", "2900517120010"),
    Line("Gospodăria", "Dinu"),
    Line("Adresa", "Str. Fântânii nr. 12, Fântânele, comuna Valea Mică, județul Cluj"),
    Line("Caz", "2026/0142"),
]
_MEMBERS = [
    Member("Dinu Elena", "persoană de referință", "17.05.1990", "36 de ani", "2900517120010"),
    Member("Dinu Vasile", "soț", "02.03.1988", "38 de ani", "1880302120011"),
    Member("Dinu Răzvan-Ștefan", "copil", "11.09.2017", "9 ani", "5170911120012"),
    Member("Dinu Ștefania", "copil", "", "", ""),
]
_SIGNATURES = [
    Signature("Întocmit", "Ioana Țărălungă", "Asistent social"),
    Signature("Verificat", "Mihai Șerban", "Coordonator"),
    Signature("Aprobat", "", "Conducătorul instituției"),
]


def _information(template: PaperTemplate) -> list[Line]:
    return [
        Line(one.label, one.text.replace("{institution}", _HEAD.institution)) for one in template.information
    ]


def inquiry() -> SocialInquiry:
    """A social inquiry with something in every part."""
    template = current("social_inquiry")
    return SocialInquiry(
        kind="social_inquiry",
        title=template.title,
        template_version=template.version,
        head=_HEAD,
        register="42",
        date="20.11.2026",
        legal_basis=[one.text for one in template.legal_basis],
        subject=[*_SUBJECT, Line("Scopul", "Acordarea venitului minim de incluziune")],
        members=[
            IdentifiedMember(**asdict(one), identity="CJ 000123" if at == 0 else "")
            for at, one in enumerate(_MEMBERS)
        ],
        signatures=_SIGNATURES,
        data_notice=template.data_notice,
        acknowledgement=template.acknowledgement,
        information=_information(template),
        entry="1234/18.11.2026",
        grounds="Întocmită pe baza vizitei la domiciliu din 15.10.2026, făcută de Ioana Țărălungă.",
        sources=[Line("Cine a fost ascultat", "Mama și învățătoarea"), Line("Acte văzute", "")],
        chapters=[
            Chapter(
                "Locuința",
                "Locuința este o casă. Are 2 camere de locuit. Apa este în curte. Se încălzește cu sobă. Pereții au "
                "igrasie sau mucegai.",
                [],
            ),
            Chapter(
                "Veniturile",
                "Venitul net al gospodăriei este de 1.200 de lei pe lună, fără beneficiile de asistență socială.",
                [],
                ["Salarii", "Pensii"],
            ),
            Chapter(
                "Starea de sănătate",
                "",
                [
                    PersonText("Dinu Elena", "Nu are asigurare de sănătate. Nu are medic de familie."),
                    PersonText(
                        "Dinu Răzvan-Ștefan",
                        "Are asigurare de sănătate. Are vaccinurile din calendarul național.",
                    ),
                ],
            ),
            Chapter(
                "Educația",
                "",
                [PersonText("Dinu Răzvan-Ștefan", "Nu merge la creșă, la grădiniță sau la școală.")],
            ),
            Chapter("Acte și relații de familie", "", []),
            Chapter(
                "Autonomia persoanei",
                "",
                [],
                lines=[Line("Igiena", "Se spală singur, cu ajutor la baie."), Line("Hrănirea", "")],
            ),
        ],
        findings=[
            FindingLine(
                "Copil de 6-10 ani neînscris la școală",
                "Dinu Răzvan-Ștefan",
                "are 9 ani și nu este înscris la școală",
                "severă",
            ),
            FindingLine(
                "Locuință supraaglomerată",
                "Gospodăria",
                "4 persoane în 2 camere: mai mult de 2 pe cameră",
                "moderată",
            ),
            FindingLine(
                "Persoană fără medic de familie",
                "Dinu Elena",
                "nu este înscrisă la medic de familie",
                "de urmărit",
            ),
        ],
        not_assessed=[
            PersonText("Dinu Ștefania", "vaccinat conform calendarului național; înscris în educație")
        ],
        conclusions=[
            "Familia are venituri mici și ocazionale. Tatăl lucrează cu ziua, mama îngrijește copiii. Părinții "
            "cooperează și vor ca Răzvan să meargă la școală; nu l-au înscris pentru că nu au avut actele la îndemână "
            "și drumul este lung.",
            "Locuința este curată, dar neîncăpătoare și umedă.\nIarna se încălzește o singură cameră.",
        ],
        proposals=[
            "Înscrierea copilului la școală, cu sprijinul mediatorului școlar.",
            "Acordarea venitului minim de incluziune.",
        ],
    )


def plan() -> ServicePlan:
    """A plan of services with two objectives."""
    template = current("service_plan")
    return ServicePlan(
        kind="service_plan",
        title=template.title,
        template_version=template.version,
        head=_HEAD,
        register="43",
        date="20.11.2026",
        legal_basis=[one.text for one in template.legal_basis],
        subject=[*_SUBJECT, Line("Versiunea planului", "2, adoptată la 18.11.2026")],
        members=_MEMBERS,
        signatures=_SIGNATURES,
        data_notice=template.data_notice,
        acknowledgement=template.acknowledgement,
        information=_information(template),
        entry="1235/20.11.2026",
        visited="15.10.2026",
        objectives=[
            ObjectiveBlock(
                1,
                "Copilul merge la școală",
                "Dinu Răzvan-Ștefan",
                "30.01.2027",
                [
                    StepLine(
                        "Informarea părinților despre înscriere",
                        "",
                        "Ioana Țărălungă",
                        "30.11.2026",
                        "19.11.2026",
                    ),
                    StepLine(
                        "Însoțirea la școală pentru înscriere",
                        "Școala Gimnazială Valea Mică",
                        "Radu Ștefănescu",
                        "15.12.2026",
                        "",
                    ),
                    StepLine(
                        "Referire la centrul de zi",
                        "Centrul de zi „Prichindel” (Asociația Puntea Copiilor)",
                        "Ioana Țărălungă",
                        "30.01.2027",
                        "",
                    ),
                ],
            ),
            ObjectiveBlock(
                2,
                "Fiecare adult are medic de familie",
                "Gospodăria",
                "",
                [StepLine("Înscrierea la medicul de familie", "", "Ana Țurcanu", "", "")],
            ),
        ],
        agreement=[
            Line("Acord dat de", "Dinu Elena"),
            Line("La data", "18.11.2026"),
            Line("Cum", "Semnat pe hârtie"),
        ],
        review="18.02.2027",
        remarks=[],
    )


def draft(paper: SocialInquiry | ServicePlan) -> SocialInquiry | ServicePlan:
    """The same without a number."""
    return replace(paper, register="")
