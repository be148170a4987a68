"""Which days are holidays: the regions of HOLIDAY_REGION, by the library `holidays`, and own ones.

A region of several countries has the holidays that at least half of them keep.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_WINDOW = 1  # days before and after a public holiday that are taken to be affected


def _codes(text: str) -> list[str]:
    return text.split()


_EMEA = _codes(
    "AE AT BE CH CZ DE DK DZ EE EG ES FI FR GB GR HU IE IL IR IT LV MA NL NO PL PT RO RS RU SA SE "
    "SI SK TR UA ZA"
)
_LAC = _codes("AR BR CL CO EC MX PE VE")
_JAPAC = _codes("AU CN HK ID IN JP KR MY NZ PH PK SG TH TW VN")
_NORTH_AMERICA = _codes("CA US")

REGIONS: dict[str, list[str]] = {
    "GLOBAL": [*_EMEA, *_LAC, *_JAPAC, *_NORTH_AMERICA],
    "NA": _NORTH_AMERICA,
    "JAPAC": _JAPAC,
    "EMEA": _EMEA,
    "LAC": _LAC,
    **{code: [code] for code in sorted([*_EMEA, *_LAC, *_JAPAC, *_NORTH_AMERICA])},
}


@dataclass(frozen=True, order=True)
class Holiday:
    """One occurrence of a holiday, with the days around it that it affects."""

    region: str
    name: str
    date: dt.date
    days_before: int = _WINDOW
    days_after: int = _WINDOW


def public_holidays(regions: Iterable[str], first: dt.date, last: dt.date) -> tuple[Holiday, ...]:
    """Return the public holidays of the regions between two dates, in order.

    Raises:
        KeyError: a region is not one of `REGIONS`.
    """
    found: set[Holiday] = set()
    for region in regions:
        countries = REGIONS[region]
        kept = Counter(
            day for country in countries for day in _of_country(country, first.year, last.year)
        )
        found.update(
            Holiday(region, name, date)
            for (date, name), times in kept.items()
            if 2 * times >= len(countries) and first <= date <= last
        )
    return tuple(sorted(found))


def without_replaced(public: Sequence[Holiday], own: Sequence[Holiday]) -> tuple[Holiday, ...]:
    """Return both; an own holiday replaces the public ones of its region and name."""
    replaced = {(each.region, each.name.casefold()) for each in own}
    kept = (each for each in public if (each.region, each.name.casefold()) not in replaced)
    return tuple(sorted([*kept, *own]))


@lru_cache(maxsize=512)
def _of_country(country: str, first: int, last: int) -> frozenset[tuple[dt.date, str]]:
    # Imported here: only models with a holiday region need the library, which is slow to load.
    import holidays

    supported = holidays.list_localized_countries().get(country, [])
    language = next((each for each in ("en_US", "en_GB", "en") if each in supported), None)
    with warnings.catch_warnings():
        # Some countries' holidays are known for a few decades only: there are none beyond.
        warnings.simplefilter("ignore", UserWarning)
        days = holidays.country_holidays(
            country, years=range(first, last + 1), language=language, observed=False
        )
    return frozenset((date, name) for date in days for name in days.get_list(date))
