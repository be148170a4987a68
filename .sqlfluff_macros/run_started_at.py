"""dbt's `run_started_at`, for sqlfluff: an instant that never changes."""


def strftime(_layout: str) -> str:
    """The instant, whatever the layout."""
    return "2026-06-28 00:00:00"
