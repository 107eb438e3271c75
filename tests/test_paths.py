"""Files: a write that fails leaves the old file whole, and nothing else in its folder."""

import pytest

from kit.paths import replace_file


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "kept.txt"
    assert replace_file(path, lambda made: made.write_text("old")) == path

    def half_way(made):
        made.write_text("new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_file(path, half_way)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("kept.txt", "old")]
