"""A form begun with a former version of a methodology is read by it, also where that version was never used."""

import pytest

from punte.assessments.packs import pack_of, version_named
from punte.kernel.errors import DomainError
from punte.methodology.packs import former_pack, load_pack

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_former_version_is_read_by_its_own_files() -> None:
    known = version_named("sci", "2026.1")
    assert pack_of(known).version == "2026.1"
    assert pack_of(known).digest != load_pack("sci").digest


@pytest.mark.parametrize("version", ["1999.1", "", "../sci", "2026"])
def test_a_version_that_never_was_is_not_known(version: str) -> None:
    assert former_pack("sci", version) is None
    with pytest.raises(DomainError):
        version_named("sci", version)
