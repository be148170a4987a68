"""The version of the engine, part of every training fingerprint."""

__version__ = "0.1.0"
