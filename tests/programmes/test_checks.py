from pathlib import Path

import pytest

from programmes.checks import files_out_of_reach


@pytest.mark.parametrize(
    ("media", "found"),
    [("static", ["programmes.E001"]), ("static/media", ["programmes.E001"]), ("media", [])],
)
def test_files_within_the_static_ones_are_told(media, found, settings, tmp_path):
    settings.STATIC_ROOT, settings.MEDIA_ROOT = tmp_path / "static", Path(tmp_path, media)

    assert [each.id for each in files_out_of_reach(None)] == found
