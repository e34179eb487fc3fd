"""How sure a piece of content is: the words in which every file of `content/` says it."""

NOT_KNOWN_FOR_SURE = ("news", "draft", "memory")
"""The press; a bill; nobody has read it. What rests on one of them is a proposal until a county confirms it."""
EVIDENCE = ("law_text_seen", "secondary", "code", "seed", *NOT_KNOWN_FOR_SURE)
"""An excerpt of the act was read; a guide, a town hall or an official form says so; another system's code or reference
data; the documents that this product was asked for by."""
