"""The rows of each table of needs, for its file."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from punte.statistics.answers import Answer
from punte.statistics.models import PublishedCount, StatedNeed
from punte.statistics.picture import CountyPicture, UatPicture
from punte.statistics.where import Plan
from punte.www.office.needs.views.sheets import Sheet


def of_county(picture: CountyPicture, names: dict[object, str]) -> dict[str, Sheet]:
    """A row for each UAT.

    Args:
        names: of the nearest services, by key.
    """
    header: list[object] = [
        _("SIRUTA"),
        pgettext("needs", "UAT"),
        pgettext("needs", "People"),
        _("Needs stated"),
        pgettext("needs", "Services"),
        _("Places known"),
        _("Free places known"),
        _("Services of unknown places"),
        _("Missing within %(km)s km") % {"km": picture.near_km},
        _("Households assessed"),
    ]
    if picture.kind:
        header += [_("Nearest service"), _("Distance (km)")]
    rows: list[list[object]] = [header]
    for row in picture.rows:
        cells: list[object] = [
            row.uat.pk,
            row.uat.name,
            row.uat.population,
            len(row.needs),
            row.here.services,
            row.here.places,
            row.here.free,
            row.here.unknown,
            "; ".join(kind.name for kind in row.missing),
            counted(row.assessed),
        ]
        if picture.kind:
            nearest = row.reach[0].nearest if row.reach else None
            cells += [
                names.get(nearest.service, "") if nearest else "",
                round(nearest.km, 1) if nearest else None,
            ]
        rows.append(cells)
    return {_("UATs"): rows}


def of_uat(picture: UatPicture, names: dict[str, str]) -> dict[str, Sheet]:
    """What is asked for, what exists and what is missing, then the services, then the published findings."""
    needs: list[list[object]] = [
        [
            _("Kind of service"),
            _("Codes"),
            _("Lines of the annex"),
            _("Services here"),
            _("Places known"),
            _("Free places known"),
            _("Services of unknown places"),
            _("Nearest service"),
            _("Distance (km)"),
            _("Missing within %(km)s km") % {"km": picture.near_km},
        ]
    ]
    for one in picture.kinds:
        needs.append(
            [
                one.kind.name,
                ", ".join(sorted(one.kind.codes)),
                ", ".join(str(need.line) for need in one.needs),
                len(one.here),
                one.places.places,
                one.places.free,
                one.places.unknown,
                one.nearest.name if one.nearest else "",
                round(one.nearest_km, 1) if one.nearest_km is not None else None,
                one.missing,
            ]
        )
    services: list[list[object]] = [
        [pgettext("needs", "Service"), _("Provider"), _("Code"), _("Places known"), _("Free places known")],
        *(
            [service.name, str(service.provider), service.code_id or "", service.places, service.free]
            for service in picture.services
        ),
    ]
    return {
        _("Needs"): needs,
        pgettext("needs", "Services"): services,
        _("Findings"): _findings(picture.counts, names),
    }


def of_lines(needs: list[tuple[StatedNeed, Answer]]) -> dict[str, Sheet]:
    """The lines of the annex with what answers them."""
    header: list[object] = [
        pgettext("needs", "Line"),
        pgettext("needs", "UAT"),
        _("For whom"),
        _("Vulnerability"),
        pgettext("needs", "Need"),
        _("Kind of service"),
        _("Codes"),
        _("Why"),
    ]
    rows: list[list[object]] = [header]
    for need, answer in needs:
        rows.append(
            [
                need.line,
                need.uat.name if need.uat else pgettext("needs", "all"),
                need.beneficiaries,
                need.vulnerability,
                need.need,
                "; ".join(kind.name for kind in answer.kinds),
                "; ".join(code for kind in answer.kinds for code in sorted(kind.codes)),
                answer.why or "; ".join(kind.why for kind in answer.kinds if kind.why),
            ]
        )
    return {_("Needs"): rows}


def of_plan(plan: Plan) -> dict[str, Sheet]:
    """The places proposed with the UATs that each reaches; the best places judged alone; who is left without."""
    proposed: list[list[object]] = [
        [
            _("Rank"),
            pgettext("needs", "Place"),
            _("UAT newly reached"),
            _("Distance (km)"),
            pgettext("needs", "People"),
            _("Needs stated"),
        ]
    ]
    for site in plan.sites:
        for new in site.reached:
            row = [site.rank, site.uat.name, new.uat.name, round(new.km, 1), new.uat.population, new.needs]
            proposed.append([*row])
    alone: list[list[object]] = [
        [pgettext("needs", "Place"), _("UATs newly reached"), _("People newly reached"), _("What counts")],
        *([one.uat.name, one.uats, one.people, one.gained] for one in plan.candidates),
    ]
    left: list[list[object]] = [
        [pgettext("needs", "UAT"), pgettext("needs", "People"), _("Needs stated"), _("Nearest today (km)")],
    ]
    for one in plan.left:
        far = round(one.nearest_now.km, 1) if one.nearest_now else None
        left.append([one.uat.name, one.uat.population, one.needs, far])
    return {_("Proposal"): proposed, _("Each place alone"): alone, _("Still without"): left}


def of_extract(counts: list[PublishedCount], names: dict[str, str]) -> dict[str, Sheet]:
    """Every published figure."""
    header: list[object] = [
        pgettext("needs", "County"),
        pgettext("needs", "UAT"),
        _("Code"),
        pgettext("needs", "Finding"),
        _("Households"),
    ]
    rows: list[list[object]] = [header]
    for count in counts:
        rows.append(
            [
                count.county.name,
                count.uat.name if count.uat else _("the whole county"),
                count.code,
                names.get(count.code, count.code) if count.code else _("households assessed"),
                counted(count),
            ]
        )
    return {pgettext("needs", "Figures"): rows}


def counted(count: PublishedCount | None) -> object:
    """A published number, or that it is held back."""
    if count is None:
        return 0
    return pgettext("needs", "held back") if count.households is None else count.households


def _findings(counts: object, names: dict[str, str]) -> Sheet:
    rows: list[list[object]] = [[_("Code"), pgettext("needs", "Finding"), _("Households")]]
    for count in counts:  # type: ignore[attr-defined]
        rows.append([count.code, names.get(count.code, count.code), counted(count)])
    return rows
