"""A retreat's row in words: its days and its place."""

from wiego_review.common.dates import between


def dates_of(row) -> str:
    """`24–28 Apr 2017`, or the words as said."""
    if not row["starts_on"]:
        return row["dates_text"]
    return between(row["starts_on"], row["ends_on"] or row["starts_on"])


def place_parts(row, town) -> list:
    """Venue, town and country, as far as they are known and each says something more."""
    country = "" if row["country"] in town else row["country"]
    return list(dict.fromkeys(part for part in (row["venue"], town, country) if part))


def place_of(row) -> str:
    """The place in plain words."""
    return ", ".join(place_parts(row, row["city"]["name"] if row["city"] else row["place"]))
