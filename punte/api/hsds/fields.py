"""What each object of HSDS 3.1 may say, as far as Punte says it: the words of the standard, without its documents.

Derived from the objects and properties of the Human Services Data Specification 3.1 of Open Referral
(https://docs.openreferral.org, CC BY-SA 4.0). The kinds:

`uuid`, `text`, `uri`, `email`, `number`, `moment` (date-time) and `day` (a text of the form YYYY-MM-DD); `a|b` one of
these words, with `_` for a space; `[name]` a list of that object; `{name}` one such object. `!` marks what the standard
requires, `+` what the profile HSDS-RO adds to it.
"""

from collections.abc import Mapping
from typing import Any

OBJECTS: Mapping[str, str] = {
    "service": """
        id:uuid! organization_id:uuid name:text! description:text url:uri email:email
        status:active|inactive|defunct|temporarily_closed! fees_description:text eligibility_description:text
        minimum_age:number maximum_age:number assured_date:day licenses:text alert:text last_modified:moment
        modified_date:moment+ organization:{organization} phones:[phone] schedules:[schedule]
        service_areas:[service_area] service_at_locations:[service_at_location] languages:[language]
        cost_options:[cost_option] required_documents:[required_document] contacts:[contact]
        capacities:[service_capacity] attributes:[attribute] metadata:[metadata]
    """,
    "organization": """
        id:uuid! name:text! alternate_name:text description:text! email:email website:uri legal_status:text
        contacts:[contact] phones:[phone] locations:[location] organization_identifiers:[organization_identifier]
        services:[service]
    """,
    "service_at_location": """
        id:uuid! service_id:uuid location_id:uuid description:text service_areas:[service_area] contacts:[contact]
        phones:[phone] schedules:[schedule] location:{location} service:{service} name:text+
        status:active|inactive|defunct|temporarily_closed+
    """,
    "location": """
        id:uuid! location_type:physical|postal|virtual! name:text description:text latitude:number longitude:number
        external_identifier:text external_identifier_type:text addresses:[address] accessibility:[accessibility]
    """,
    "address": """
        id:uuid! address_1:text! city:text! region:text state_province:text! postal_code:text! country:text!
        address_type:physical|postal|virtual!
    """,
    "accessibility": "id:uuid! description:text details:text",
    "phone": "id:uuid! number:text! type:text description:text languages:[language]",
    "schedule": """
        id:uuid! freq:WEEKLY|MONTHLY wkst:MO|TU|WE|TH|FR|SA|SU byday:text opens_at:text closes_at:text timezone:number
        description:text notes:text
    """,
    "service_area": "id:uuid! name:text description:text extent:text extent_type:text",
    "language": "id:uuid! name:text code:text",
    "cost_option": "id:uuid! option:text currency:text amount:number amount_description:text",
    "required_document": "id:uuid! document:text",
    "contact": "id:uuid! name:text email:email phones:[phone]",
    "service_capacity": """
        id:uuid! unit:{unit}! available:number! maximum:number description:text updated:moment!
    """,
    "unit": "id:uuid! name:text! identifier:text",
    "organization_identifier": "id:uuid! identifier_scheme:text identifier_type:text! identifier:text!",
    "attribute": """
        id:uuid! link_id:uuid taxonomy_term_id:uuid link_type:text link_entity:text value:text label:text
        taxonomy_term:{taxonomy_term}
    """,
    "taxonomy": "id:uuid! name:text! description:text! uri:uri version:text",
    "taxonomy_term": """
        id:uuid! code:text name:text! description:text! parent_id:uuid taxonomy:text taxonomy_detail:{taxonomy}
        language:text taxonomy_id:uuid
    """,
    "metadata": """
        id:uuid! resource_id:uuid resource_type:text last_action_date:text! last_action_type:text! field_name:text!
        previous_value:text! replacement_value:text! updated_by:text!
    """,
}

_KINDS: Mapping[str, Mapping[str, Any]] = {
    "uuid": {"type": "string", "format": "uuid"},
    "text": {"type": "string"},
    "uri": {"type": "string", "format": "uri"},
    "email": {"type": "string", "format": "email"},
    "number": {"type": "number"},
    "moment": {"type": "string", "format": "date-time"},
    "day": {"type": "string", "format": "date"},
}
REFERENCE = "#/components/schemas/"


def schemas() -> dict[str, dict[str, Any]]:
    """A JSON schema of every object; nothing but the properties named here is allowed in it."""
    return {name: _object(line) for name, line in OBJECTS.items()}


def added() -> dict[str, list[str]]:
    """The properties that the profile adds to the standard, by object."""
    found = {
        name: [word.partition(":")[0] for word in line.split() if word.endswith("+")]
        for name, line in OBJECTS.items()
    }
    return {name: properties for name, properties in found.items() if properties}


def _object(line: str) -> dict[str, Any]:
    properties, required = {}, []
    for word in line.split():
        name, _colon, kind = word.partition(":")
        if kind.endswith("!"):
            required.append(name)
        properties[name] = _property(kind.rstrip("!+"))
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _property(kind: str) -> dict[str, Any]:
    if kind.startswith("["):
        return {"type": "array", "minItems": 1, "items": {"$ref": REFERENCE + kind[1:-1]}}
    if kind.startswith("{"):
        return {"$ref": REFERENCE + kind[1:-1]}
    if "|" in kind:
        return {"type": "string", "enum": [word.replace("_", " ") for word in kind.split("|")]}
    return dict(_KINDS[kind])
