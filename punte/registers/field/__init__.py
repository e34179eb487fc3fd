"""Registers on a device without a signal: what goes down, what comes up, and what stands against it."""
