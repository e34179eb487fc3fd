"""Ready sentences under a field: read without JavaScript, of a file that holds together."""

from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template

from punte.www.frame.fields import writing
from punte.www.frame.sentences import SentencesError, read_sentences, sentences_of
from punte.www.office.cases.forms.course import CloseForm

_LONGEST = 160


def test_a_field_offers_the_sentences_of_its_place() -> None:
    shown = Template("{% field form.reason %}{% field form.outcome %}").render(Context({"form": CloseForm()}))
    assert shown.count("data-sentences") == 1 and 'data-sentences="id_reason"' in shown
    for sentence in sentences_of("closing_reason"):
        assert f"<li>{sentence}</li>" in shown
    assert 'lang="ro"' in shown


def test_a_field_without_a_place_offers_nothing() -> None:
    class Plain(forms.Form):
        words = forms.CharField(widget=writing())

    assert "data-sentences" not in Template("{% field form.words %}").render(Context({"form": Plain()}))


def test_what_ships_is_short_and_in_correct_letters(settings: object) -> None:
    path = Path(settings.CONTENT) / "sentences.yaml"  # type: ignore[attr-defined]
    for place, rows in read_sentences(path).items():
        for row in rows:
            assert len(row) <= _LONGEST and not set(row) & set("şţŞŢ"), (place, row)
            assert row[-1] in ".!?", (place, row)


@pytest.mark.parametrize(
    "said", ["- a", "place: x", "place: ['']", "place: [a, a]", "place: [1]", "place: {"]
)
def test_a_file_that_says_what_cannot_be_is_refused(tmp_path: Path, said: str) -> None:
    path = tmp_path / "sentences.yaml"
    path.write_text(said, encoding="utf-8")
    with pytest.raises(SentencesError):
        read_sentences(path)


def test_a_place_that_is_not_there_is_said() -> None:
    with pytest.raises(SentencesError, match="nowhere"):
        sentences_of("nowhere")
