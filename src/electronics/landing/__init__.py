"""The landing zone of the reference pipeline: a seeded simulator of everything that arrives.

`docs/reference/landing-zone.md` is the contract; `land` and `land_next_week` fulfil it.
"""

from electronics.landing.arrival import land, land_next_week
from electronics.landing.errors import LandingError

__all__ = ["LandingError", "land", "land_next_week"]
