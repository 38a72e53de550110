"""Sources: photos and videos as a camera would give them, and every way they can be wrong by name."""

import logging
import threading
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scanner.cv import cv2
from scanner.source import (
    FolderEmpty,
    FolderUnreadable,
    Frame,
    ImageTooLarge,
    ImageUnreadable,
    NotAFolder,
    PathMissing,
    Source,
    SourceError,
    VideoUnreadable,
    load_image,
    open_folder,
    open_source,
    open_video,
)


def photo(path: Path, level: int = 128, size: tuple[int, int] = (40, 30)) -> Path:
    Image.new("RGB", size, (level, level, level)).save(path)
    return path


def video(path: Path, frames: int = 12, fps: float = 8.0) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (64, 48))
    for i in range(frames):
        writer.write(np.full((48, 64, 3), i * 20, np.uint8))
    writer.release()
    return path


def frames(source: Source) -> list[Frame]:
    seen = list(iter(source.read, None))
    source.close()
    return [frame for frame in seen if frame is not None]


def level(frame: Frame) -> int:
    return int(frame.image.mean())


class TestPhoto:
    def test_a_chinese_file_name_opens(self, tmp_path: Path) -> None:
        assert load_image(photo(tmp_path / "健康码 照片.png")).shape == (30, 40, 3)

    def test_colours_are_bgr(self, tmp_path: Path) -> None:
        Image.new("RGB", (4, 4), (200, 100, 50)).save(tmp_path / "a.png")
        assert load_image(tmp_path / "a.png")[0, 0].tolist() == [50, 100, 200]

    def test_exif_turns_it_upright(self, tmp_path: Path) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6  # taken with the phone upright
        Image.new("RGB", (40, 30)).save(tmp_path / "a.jpg", exif=exif)
        assert load_image(tmp_path / "a.jpg").shape == (40, 30, 3)

    def test_grey_becomes_colour(self, tmp_path: Path) -> None:
        Image.new("L", (4, 4), 77).save(tmp_path / "a.png")
        assert load_image(tmp_path / "a.png")[0, 0].tolist() == [77, 77, 77]

    def test_sixteen_bits_become_eight(self, tmp_path: Path) -> None:
        cv2.imwrite(str(tmp_path / "a.png"), np.full((4, 4), 0x8000, np.uint16))
        image = load_image(tmp_path / "a.png")
        assert image.dtype == np.uint8
        assert image[0, 0].tolist() == [128, 128, 128]

    @pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
    def test_what_is_transparent_is_white(self, tmp_path: Path, dtype: type[np.unsignedinteger]) -> None:
        black = np.zeros((4, 4, 4), dtype)
        black[:2, :, 3] = np.iinfo(dtype).max
        cv2.imwrite(str(tmp_path / "a.png"), black)
        image = load_image(tmp_path / "a.png")
        assert (image[:2] == 0).all()
        assert (image[2:] == 255).all()

    @pytest.mark.parametrize("content", [b"", b"not a picture", b"\xff\xd8\xff\xe0 cut off", b"\x89PNG\r\n\x1a\n"])
    def test_what_is_no_picture_is_named(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "坏.jpg"
        path.write_bytes(content)
        with pytest.raises(ImageUnreadable) as caught:
            load_image(path)
        assert caught.value.params == {"path": str(path)}

    def test_a_missing_photo_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(PathMissing):
            load_image(tmp_path / "no.png")

    def test_a_folder_is_no_photo(self, tmp_path: Path) -> None:
        with pytest.raises(ImageUnreadable):
            load_image(tmp_path)


def test_a_file_larger_than_any_photo_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    with path.open("wb") as file:
        file.truncate(60_000_000_000)  # of holes: it takes no room
    with pytest.raises(ImageTooLarge) as caught:
        load_image(path)
    assert caught.value.params == {"path": str(path), "megabytes": 50, "megapixels": 134}


def test_a_small_file_that_unpacks_to_more_than_any_photo_is_not_unpacked(tmp_path: Path) -> None:
    Image.new("1", (20_000, 7_000)).save(tmp_path / "a.png")
    assert (tmp_path / "a.png").stat().st_size < 100_000
    with pytest.raises(ImageTooLarge):
        load_image(tmp_path / "a.png")


class TestFolder:
    def test_photos_come_in_natural_order(self, tmp_path: Path) -> None:
        for number in (10, 2, 1):
            photo(tmp_path / f"img{number}.png", number)
        assert [level(f) for f in frames(open_folder(tmp_path, paced=False, hold=0.1))] == [1, 2, 10]

    def test_each_is_held_for_its_time(self, tmp_path: Path) -> None:
        photo(tmp_path / "a.png", 10)
        photo(tmp_path / "b.png", 20)
        seen = frames(open_folder(tmp_path, paced=False, fps=4, hold=1))
        assert [level(f) for f in seen] == [10] * 4 + [20] * 4
        assert [f.index for f in seen] == list(range(8))

    def test_hidden_and_other_files_are_passed_over(self, tmp_path: Path) -> None:
        photo(tmp_path / "a.PNG", 10)
        photo(tmp_path / "._a.png", 20)
        (tmp_path / "notes.txt").write_text("x")
        (tmp_path / "album.jpg").mkdir()
        assert {level(f) for f in frames(open_folder(tmp_path, paced=False))} == {10}

    def test_an_unreadable_photo_is_skipped_and_reported(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        photo(tmp_path / "1.png", 10)
        (tmp_path / "2.png").write_bytes(b"broken")
        photo(tmp_path / "3.png", 30)
        source = open_folder(tmp_path, paced=False, hold=0.1)
        with caplog.at_level(logging.WARNING):
            assert [level(f) for f in frames(source)] == [10, 30]
        assert source.skipped == (tmp_path / "2.png",)
        assert "2.png" in caplog.text

    def test_a_folder_of_unreadable_photos_is_an_error(self, tmp_path: Path) -> None:
        for name in ("a.jpg", "b.jpg"):
            (tmp_path / name).write_bytes(b"broken")
        with pytest.raises(FolderUnreadable) as caught:
            open_folder(tmp_path)
        assert caught.value.params == {"path": str(tmp_path), "count": 2}

    def test_an_empty_folder_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "readme.txt").write_text("x")
        with pytest.raises(FolderEmpty):
            open_folder(tmp_path)

    def test_a_missing_folder_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(PathMissing):
            open_folder(tmp_path / "no")

    def test_a_file_is_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(NotAFolder):
            open_folder(photo(tmp_path / "a.png"))


class TestVideo:
    def test_every_frame_comes_when_unpaced(self, tmp_path: Path) -> None:
        seen = frames(open_video(video(tmp_path / "车道.avi", 12), paced=False))
        assert [f.index for f in seen] == list(range(12))
        assert all(a < b for a, b in pairwise(level(f) for f in seen))

    def test_a_late_consumer_gets_a_later_picture(self, tmp_path: Path) -> None:
        source = open_video(video(tmp_path / "a.avi", 12, fps=20))
        assert source.read() is not None
        time.sleep(0.2)
        late = source.read()
        source.close()
        assert late is None or (late.index >= 4 and abs(level(late) - late.index * 20) < 10)

    def test_it_ends_after_close(self, tmp_path: Path) -> None:
        source = open_video(video(tmp_path / "a.avi"), paced=False)
        source.close()
        assert source.read() is None

    @pytest.mark.parametrize("content", [b"", b"not a video at all"])
    def test_what_is_no_video_is_named(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "a.mp4"
        path.write_bytes(content)
        with pytest.raises(VideoUnreadable):
            open_video(path)

    def test_a_missing_video_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(PathMissing):
            open_video(tmp_path / "no.mp4")


class TestPace:
    def test_paced_frames_never_run_ahead_of_time(self, tmp_path: Path) -> None:
        source = open_folder(photo(tmp_path / "a.png").parent, fps=50, hold=0.2)
        start = time.monotonic()
        # Only "not before": how late a frame may come is the machine's affair.
        assert all(frame.at - start >= frame.index / 50 - 0.002 for frame in frames(source))

    def test_a_late_consumer_gets_the_newest_frame(self, tmp_path: Path) -> None:
        photo(tmp_path / "a.png")
        source = open_folder(tmp_path, fps=100, hold=60)
        first = source.read()
        time.sleep(0.1)
        late = source.read()
        source.close()
        assert first is not None
        assert late is not None
        assert late.index - first.index >= 10

    def test_close_wakes_a_waiting_read(self, tmp_path: Path) -> None:
        photo(tmp_path / "a.png")
        source = open_folder(tmp_path, fps=0.01, hold=1000)
        source.read()
        answers: list[Frame | None] = []
        reader = threading.Thread(target=lambda: answers.append(source.read()))
        reader.start()
        source.close()
        reader.join(10)
        assert answers == [None]

    def test_a_published_picture_cannot_be_written_to(self, tmp_path: Path) -> None:
        photo(tmp_path / "a.png")
        frame = frames(open_folder(tmp_path, paced=False))[0]
        with pytest.raises(ValueError, match="read-only"):
            frame.image[0, 0] = 0


class TestAnyPath:
    def test_a_folder_a_photo_and_a_video_each_open(self, tmp_path: Path) -> None:
        photo(tmp_path / "a.png", 50)
        assert level(frames(open_source(tmp_path, paced=False))[0]) == 50
        assert level(frames(open_source(tmp_path / "a.png", paced=False))[0]) == 50
        assert len(frames(open_source(video(tmp_path / "v.avi", 5), paced=False))) == 5

    def test_a_broken_photo_is_named_as_a_photo(self, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(b"broken")
        with pytest.raises(ImageUnreadable):
            open_source(tmp_path / "a.png")

    @pytest.mark.parametrize("name", ["no/where", "a\0b", "x" * 5000])
    def test_nothing_there_is_named(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(PathMissing):
            open_source(tmp_path / name)


def test_every_error_of_the_family_has_a_code_of_its_own() -> None:
    own = [error for error in SourceError.__subclasses__() if error.__module__ == SourceError.__module__]
    codes = [error.code for error in own]
    assert len(set(codes)) == len(codes) == 7
