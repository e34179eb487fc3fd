"""Tables that may be published: what is hidden in them cannot be worked out, and a stranger can check it. Pure."""
