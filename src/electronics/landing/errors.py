"""The one error of the landing zone."""


class LandingError(Exception):
    """What cannot be landed: the thing, what was expected, and the fix."""
