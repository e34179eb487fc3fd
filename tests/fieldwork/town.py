"""A phone of a worker and a questionnaire that it sent, for the walks over all pages."""

from typing import Any
from uuid import uuid4

from punte.accounts.models import User
from punte.devices.actions import register_device
from punte.devices.enums import DeviceKind
from punte.devices.models import Device
from punte.fieldwork.actions import Sent, receive_form
from punte.fieldwork.models import ReceivedForm
from punte.methodology.forms import instance_for
from punte.methodology.packs import load_pack

MOTHER = {"member_id": str(uuid4()), "family_name": "Câmpeanu", "given_name": "Ștefania"}


def questionnaire_of_nobody(device: Device) -> ReceivedForm:
    """A questionnaire that waits because nobody knows its household."""
    instance = instance_for(load_pack("sci"), {"household_id": str(uuid4())}, [MOTHER], f"uuid:{uuid4()}")
    return receive_form(device=device, sent=Sent(instance.encode()))


def sent_from_the_field(*, by: User) -> dict[str, Any]:
    """The phone, and a questionnaire that waits."""
    organization = by.appointments.get().organization
    made = register_device(by=by, organization=organization, kind=DeviceKind.COLLECT, name="Tableta albastră")
    return {"device": made.device, "received": questionnaire_of_nobody(made.device)}
