"""How sure a piece of content is: the words that every file of `content/` says it with."""

EVIDENCE = ("law_text_seen", "secondary", "news", "draft", "code", "seed", "memory")
"""An excerpt of the act was read; a guide, a town hall or an official form says so; the press; a bill; another
system's code or reference data; the documents that this product was asked for by; nobody has read it, so that it is a
proposal until a county confirms it."""
