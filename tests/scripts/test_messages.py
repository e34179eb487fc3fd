"""The check of texts names what stands twice in a catalogue."""

from scripts.messages import twice

ONCE = """msgid ""
msgstr ""

msgctxt "plan"
msgid "Save"
msgstr "Salvează"

msgid "Save"
msgstr "Păstrează"

msgid ""
"A long "
"text"
msgstr "Un text lung"
"""


def test_a_message_of_another_context_is_another() -> None:
    assert twice(ONCE) == []


def test_a_message_that_stands_twice_is_named() -> None:
    assert twice(ONCE + '\nmsgid "Save"\nmsgstr "Ține"\n') == ['"Save"']
    again = '\nmsgid ""\n"A long "\n"text"\nmsgstr "Text"\n'
    assert twice(ONCE + again) == ['""\n"A long "\n"text"']
