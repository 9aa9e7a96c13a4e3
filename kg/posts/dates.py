"""Dates as sources write them, turned into ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_PARTIAL = re.compile(r"\d{4}(-\d\d)?$")
_EPOCH = re.compile(r"-?\d{8,16}(\.\d+)?$")
_DOTTED = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})(?: (\d\d:\d\d(?::\d\d)?))?(?: UTC([+-]\d\d:\d\d))?$")
_MILLISECONDS = 1e11


def iso_date(value: object) -> str:
    """A date or date and time in ISO 8601, the time zone kept; ``ValueError`` for what is no date.

    Reads ISO 8601, Unix time (seconds or milliseconds), the dates of feeds and of Telegram's HTML export.

    >>> iso_date(1639040405), iso_date("Thu, 09 Dec 2021 12:00:05 +0300")
    ('2021-12-09T09:00:05+00:00', '2021-12-09T12:00:05+03:00')
    >>> iso_date("09.12.2021 12:00:05 UTC+03:00"), iso_date("2021-12")
    ('2021-12-09T12:00:05+03:00', '2021-12')
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _epoch(float(value))
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no date")
    text = value.strip()
    if _PARTIAL.match(text):
        return text
    if _EPOCH.match(text) and not _is_basic_date(text):
        return _epoch(float(text))
    if dotted := _DOTTED.match(text):
        day, month, year, time, zone = dotted.groups()
        text = f"{year}-{month}-{day}" + (f"T{time}" if time else "") + (zone or "" if time else "")
    return _calendar(text)


def _calendar(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        from email.utils import parsedate_to_datetime

        try:
            return parsedate_to_datetime(text).isoformat()
        except (ValueError, IndexError, TypeError, OverflowError):
            raise ValueError(f"{text!r} is no date") from None
    return moment.isoformat() if len(text) > 10 else moment.date().isoformat()


def _epoch(seconds: float) -> str:
    if abs(seconds) >= _MILLISECONDS:
        seconds /= 1000
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        raise ValueError(f"{seconds} is no Unix time") from None


def _is_basic_date(text: str) -> bool:
    return len(text) == 8 and text[:2] in {"19", "20"}
