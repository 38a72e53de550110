"""This machine's cameras: listed, chosen, found again after a replug, and why one does not open."""

import errno
import os
import sys
from pathlib import Path

import pytest

from scanner.camera_devices import (
    CameraError,
    CameraInfo,
    CameraMissing,
    choose,
    list_cameras,
    open_device,
    why_not,
)

C920 = CameraInfo("/dev/video0", "HD Pro Webcam C920")
C270 = CameraInfo("/dev/video2", "Webcam C270")


def plug(root: Path, number: int, name: str, index: int | None = 0) -> None:
    node = root / f"video{number}"
    node.mkdir(parents=True)
    (node / "name").write_text(f"{name}\n")
    if index is not None:
        (node / "index").write_text(f"{index}\n")


class TestListing:
    def test_cameras_by_number_with_name_and_path(self, tmp_path: Path) -> None:
        plug(tmp_path, 10, "龙士摄像头")
        plug(tmp_path, 2, "HD Pro Webcam C920")
        assert list_cameras(tmp_path) == [
            CameraInfo("/dev/video2", "HD Pro Webcam C920"),
            CameraInfo("/dev/video10", "龙士摄像头"),
        ]

    def test_nodes_without_pictures_are_left_out(self, tmp_path: Path) -> None:
        plug(tmp_path, 0, "HD Pro Webcam C920")
        plug(tmp_path, 1, "HD Pro Webcam C920", index=1)  # metadata
        (tmp_path / "v4l-subdev0").mkdir()
        assert [camera.path for camera in list_cameras(tmp_path)] == ["/dev/video0"]

    def test_a_kernel_without_index_and_a_camera_without_name(self, tmp_path: Path) -> None:
        plug(tmp_path, 0, "old", index=None)
        (tmp_path / "video1").mkdir()
        assert list_cameras(tmp_path) == [CameraInfo("/dev/video0", "old"), CameraInfo("/dev/video1", "")]

    def test_no_tree_no_cameras(self, tmp_path: Path) -> None:
        assert list_cameras(tmp_path / "none") == []


class TestChoosing:
    BOTH = (C920, C270)

    def test_nothing_asked_is_the_first(self) -> None:
        assert choose(self.BOTH, None) == C920
        assert choose([], None) is None

    @pytest.mark.parametrize("which", ["/dev/video2", "C270", "webcam c270"])
    def test_by_path_or_part_of_the_name(self, which: str) -> None:
        assert choose(self.BOTH, which) == C270

    @pytest.mark.parametrize("which", ["/dev/video7", "C930"])
    def test_another_is_not_taken_for_it(self, which: str) -> None:
        assert choose(self.BOTH, which) is None

    def test_a_lasting_link_is_followed(self, tmp_path: Path) -> None:
        link = tmp_path / "usb-046d_C270-video-index0"
        link.symlink_to("/dev/video2")
        assert choose(self.BOTH, str(link)) == C270
        link.unlink()
        assert choose(self.BOTH, str(link), known=C270) is None

    @pytest.mark.parametrize("which", [None, "/dev/video0", "C920"])
    def test_replugged_under_another_number_it_is_found_by_name(self, which: str | None) -> None:
        moved = CameraInfo("/dev/video4", C920.name)
        assert choose([C270, moved], which, known=C920) == moved

    @pytest.mark.parametrize("which", [None, "/dev/video0"])
    def test_another_model_in_its_place_is_taken_when_it_is_gone(self, which: str | None) -> None:
        other = CameraInfo("/dev/video0", "Brio 4K")
        assert choose([other], which, known=C920) == other

    def test_of_two_alike_the_one_it_was(self) -> None:
        twin = CameraInfo("/dev/video2", C920.name)
        assert choose([C920, twin], None, known=twin) == twin
        assert choose([C920, twin], "/dev/video2", known=twin) == twin


class TestOpening:
    def test_what_does_not_open_says_so_without_noise(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "no camera").write_text("text")
        with pytest.raises(CameraMissing):
            open_device(str(tmp_path / "video9"))
        with pytest.raises(CameraError) as caught:
            open_device(str(tmp_path / "no camera"))
        assert caught.value.code == "camera_failed"
        assert caught.value.params["reason"]
        assert capfd.readouterr() == ("", "")

    @pytest.mark.skipif(sys.platform != "linux", reason="V4L2 is asked")
    @pytest.mark.parametrize(
        ("number", "code"),
        [
            (errno.ENOENT, "camera_missing"),
            (errno.ENODEV, "camera_missing"),
            (errno.EBUSY, "camera_busy"),
            (errno.EACCES, "camera_failed"),
        ],
    )
    def test_the_systems_reason_is_told(self, monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
        def refuse(*_args: object) -> int:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr("fcntl.ioctl", refuse)  # only a driver answers here as one
        error = why_not(os.devnull)
        assert (error.code, error.params["reason"]) == (code, os.strerror(number))
