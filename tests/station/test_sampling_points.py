"""Where a driver without a test is sent."""

import pytest

from station.sampling_points import SamplingPoint, read_sampling_points
from station.toml_file import BadValue, MissingKey


def test_points_keep_their_order() -> None:
    content = "name,place,hours\n区医院,胜利路 1 号,24 h\n龙士卫生所,龙士村,8–20\n".encode("gb18030")
    assert read_sampling_points(content, "points.csv") == (
        SamplingPoint("区医院", "胜利路 1 号", "24 h"),
        SamplingPoint("龙士卫生所", "龙士村", "8–20"),
    )


def test_a_point_without_a_name_is_refused_with_its_line() -> None:
    with pytest.raises(BadValue) as caught:
        read_sampling_points("name,place,hours\n\n区医院,a,b\n,c,d\n".encode(), "points.csv")
    assert caught.value.params["line"] == 4


def test_every_column_is_needed() -> None:
    with pytest.raises(MissingKey):
        read_sampling_points(b"name,place\nA,B\n", "points.csv")
