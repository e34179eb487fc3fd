"""The form by which somebody tells of trouble speaks Ukrainian; no other page does."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_form_speaks_ukrainian_and_the_pages_around_it_do_not() -> None:
    client = Client()
    for name in ("tell", "tell_more"):
        page = client.get(f"{reverse(name)}?limba=uk").content.decode()
        assert 'lang="uk"' in page[:60] and "Надіслати" in page and ">UK<" in page
    assert "Людина без житла" in client.get(reverse("tell")).content.decode()
    around = client.get(f"{reverse('town_hall')}?limba=uk").content.decode()
    assert 'lang="ro"' in around[:60] and ">UK<" not in around
    refused = client.post(reverse("tell"), {}).content.decode()
    assert "Перевірте, будь ласка, позначене" in refused
