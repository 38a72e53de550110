"""Where pictures come from: one camera interface over a folder of photos, a video file, and what else has frames.

A paced source keeps real time as a camera does: each frame has its moment, and a consumer that comes late gets
the newest one due; those in between are dropped, never queued. `paced=False` gives every frame as fast as asked.
"""

import logging
import math
import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from scanner.cv import MOST_PIXELS, cv2

log = logging.getLogger(__name__)

Image = NDArray[np.uint8]

MOST_BYTES = 50_000_000
"""Of a photo's file."""
PHOTO_SUFFIXES = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})


class SourceError(Exception):
    """A source that gives no pictures; `code` names why, `params` fill the officer's sentence."""

    code: ClassVar[str] = "source_error"

    def __init__(self, **params: str | float) -> None:
        super().__init__(self.code, params)
        self.params = params


class PathMissing(SourceError):
    """There is nothing at this path."""

    code = "source_missing"


class NotAFolder(SourceError):
    """The path given as a folder is a file."""

    code = "source_not_a_folder"


class FolderEmpty(SourceError):
    """The folder holds no photo."""

    code = "folder_empty"


class FolderUnreadable(SourceError):
    """The folder cannot be listed, or none of its photos can be read."""

    code = "folder_unreadable"


class ImageUnreadable(SourceError):
    """The file cannot be read, or is no picture."""

    code = "image_unreadable"


class ImageTooLarge(SourceError):
    """A picture of more than `megabytes` or `megapixels`."""

    code = "image_too_large"


class VideoUnreadable(SourceError):
    """The file cannot be read, or is no video."""

    code = "video_unreadable"


@dataclass(frozen=True, slots=True)
class Frame:
    """One published picture.

    Attributes:
        image: (H, W, 3) BGR uint8, read-only: readers and preview share it.
        index: which frame of the source; gaps are frames dropped.
        at: when it was shown, `time.monotonic()` seconds.
    """

    image: Image
    index: int
    at: float

    def __post_init__(self) -> None:
        self.image.flags.writeable = False


class Source(Protocol):
    """What the desk knows of a camera. `read` belongs to one thread; `close` may come from another."""

    @property
    def name(self) -> str:
        """What the officer calls it."""
        ...

    def read(self) -> Frame | None:
        """The next frame, once it is due; None when the source has ended or was closed."""
        ...

    def close(self) -> None:
        """Let go of the device and wake a waiting `read`."""
        ...


class Pace:
    """The beat of a source: which frame is due. The clock starts at the first frame asked for."""

    def __init__(self, fps: float, *, paced: bool) -> None:
        self._fps = fps
        self._paced = paced
        self._next = 0
        self._start: float | None = None
        self._stopped = threading.Event()

    def wait(self) -> int | None:
        """Wait for the next frame's moment, and return the newest index due; None once stopped."""
        if self._paced:
            self._next = self._due()
        index, self._next = self._next, self._next + 1
        return None if self._stopped.is_set() else index

    def _due(self) -> int:
        now = time.monotonic()
        if self._start is None:
            self._start = now
        ahead = self._start + self._next / self._fps - now
        if ahead > 0:
            self._stopped.wait(ahead)
            return self._next
        return max(self._next, math.floor((now - self._start) * self._fps))

    def stop(self) -> None:
        """End the beat; a waiting thread wakes."""
        self._stopped.set()


class FolderSource:
    """Photos one after another, each shown for a while, at `fps` pictures a second. See `open_folder`."""

    def __init__(self, name: str, photos: Iterable[Path], *, fps: float, hold: float, paced: bool) -> None:
        self.name = name
        self.fps = fps
        self.skipped: tuple[Path, ...] = ()
        self._photos = list(photos)
        self._frames_each = max(1, round(hold * fps))
        self._pace = Pace(fps, paced=paced)
        self._shown: tuple[int, Image] | None = None
        if self._photo(0) is None:
            raise FolderUnreadable(path=name, count=len(self.skipped))

    def read(self) -> Frame | None:
        """The photo whose turn it is; None after the last."""
        index = self._pace.wait()
        if index is None or (image := self._photo(index // self._frames_each)) is None:
            return None
        return Frame(image, index, time.monotonic())

    def close(self) -> None:
        """Stop; a waiting `read` returns None."""
        self._pace.stop()

    def _photo(self, number: int) -> Image | None:
        """The photo of this number among those that can be read; None past the last."""
        if self._shown is not None and self._shown[0] == number:
            return self._shown[1]
        while number < len(self._photos):
            try:
                image = load_image(self._photos[number])
            except SourceError as error:
                log.warning("skipped a photo: %s %s", error.code, error.params)
                self.skipped += (self._photos.pop(number),)
            else:
                self._shown = (number, image)
                return image
        return None


class VideoSource:
    """A video file at its own speed, `fps` pictures a second. See `open_video`."""

    def __init__(self, path: Path, *, paced: bool) -> None:
        self.name = str(path)
        self._capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
        self._lock = threading.Lock()  # a capture released while another thread decodes from it crashes
        self._position = -1
        if not self._capture.isOpened() or not self._capture.grab():
            self._capture.release()
            raise VideoUnreadable(path=self.name)
        self._position = 0
        fps = self._capture.get(cv2.CAP_PROP_FPS)
        self.fps = fps if math.isfinite(fps) and 0 < fps <= 240 else 25.0
        self._pace = Pace(self.fps, paced=paced)

    def read(self) -> Frame | None:
        """The frame due now, those before it dropped; None at the end of the file, or where it breaks off."""
        index = self._pace.wait()
        if index is None:
            return None
        with self._lock:
            while self._position < index:
                if not self._capture.grab():
                    return None
                self._position += 1
            decoded, image = self._capture.retrieve()
        return Frame(np.asarray(image, np.uint8), index, time.monotonic()) if decoded else None

    def close(self) -> None:
        """Stop and release the file; a waiting `read` returns None."""
        self._pace.stop()
        with self._lock:
            self._capture.release()


def open_source(path: Path | str, *, paced: bool = True) -> FolderSource | VideoSource:
    """Whatever lies at this path: a folder of photos, one photo, or a video.

    Raises:
        SourceError: the member of the family that says what is wrong with it.
    """
    path = _existing(path)
    if path.is_dir():
        return open_folder(path, paced=paced)
    if path.suffix.lower() in PHOTO_SUFFIXES:
        load_image(path)  # names the file, where a folder would say that none could be read
        return FolderSource(str(path), [path], fps=10.0, hold=1.0, paced=paced)
    return open_video(path, paced=paced)


def open_folder(path: Path | str, *, paced: bool = True, fps: float = 10.0, hold: float = 1.0) -> FolderSource:
    """The photos of a folder in natural order (2 before 10), each shown for `hold` seconds at `fps`.

    Hidden files and other kinds of file are passed over. A photo that cannot be read is logged and joins
    `skipped` when its turn comes.

    Raises:
        PathMissing, NotAFolder: the path is no folder.
        FolderEmpty: no photo in it.
        FolderUnreadable: none of its photos can be read, or the folder itself cannot.
    """
    path = _existing(path)
    if not path.is_dir():
        raise NotAFolder(path=str(path))
    try:
        photos = [file for file in path.iterdir() if _is_photo(file)]
    except OSError as error:
        raise FolderUnreadable(path=str(path), count=0) from error
    if not photos:
        raise FolderEmpty(path=str(path))
    return FolderSource(str(path), sorted(photos, key=_natural), fps=fps, hold=hold, paced=paced)


def open_video(path: Path | str, *, paced: bool = True) -> VideoSource:
    """A video file, upright, at its own frame rate.

    Raises:
        PathMissing: nothing there.
        VideoUnreadable: it cannot be read, or is no video.
    """
    return VideoSource(_existing(path), paced=paced)


def load_image(path: Path | str) -> Image:
    """A photo as (H, W, 3) BGR uint8: upright by its EXIF, 16 bit and grey brought to 8-bit colour, alpha on white.

    The bytes are read by Python, since OpenCV cannot open a Chinese file name on Windows.

    Raises:
        PathMissing: nothing there.
        ImageTooLarge: more than `MOST_BYTES` or `MOST_PIXELS`.
        ImageUnreadable: it cannot be read, or is no picture.
    """
    path = _existing(path)
    if not path.is_file():  # a pipe would be waited for
        raise ImageUnreadable(path=str(path))
    try:
        data = np.fromfile(path, np.uint8, count=MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise _too_large(path)
        image = cv2.imdecode(data, cv2.IMREAD_COLOR)
        raw = image if _is_jpeg(data) else cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    except (OSError, cv2.error) as error:
        if "CV_IO_MAX_IMAGE" in str(error):
            raise _too_large(path) from error
        raise ImageUnreadable(path=str(path)) from error
    if image is None or image.dtype != np.uint8:
        raise ImageUnreadable(path=str(path))
    if raw is not None and raw.ndim == 3 and raw.shape[2] == 4 and raw.shape[:2] == image.shape[:2]:
        return _on_white(image, raw[..., 3])
    return np.asarray(image, np.uint8)


def _too_large(path: Path) -> ImageTooLarge:
    return ImageTooLarge(path=str(path), megabytes=MOST_BYTES // 1_000_000, megapixels=MOST_PIXELS // 1_000_000)


def _existing(path: Path | str) -> Path:
    path = Path(path)
    try:
        if path.exists():
            return path
    except (OSError, ValueError) as error:  # no way in, or no possible name
        raise PathMissing(path=str(path)) from error
    raise PathMissing(path=str(path))


def _is_photo(file: Path) -> bool:
    return file.suffix.lower() in PHOTO_SUFFIXES and not file.name.startswith(".") and not file.is_dir()


def _natural(file: Path) -> tuple[list[tuple[int, str]], str]:
    """Numbers by value, words by letter: 2.jpg before 10.jpg; equal ones by their exact name."""
    parts = re.findall(r"\d+|\D+", file.name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], file.name


def _is_jpeg(data: Image) -> bool:
    return data[:2].tobytes() == b"\xff\xd8"


def _on_white(image: cv2.typing.MatLike, alpha: cv2.typing.MatLike) -> Image:
    """What shows through is white, as on screen: black on transparent black would otherwise be lost."""
    opaque = 65535 if alpha.dtype == np.uint16 else 255
    cover = alpha.astype(np.float32)[..., None] / opaque
    return np.asarray(image * cover + 255 * (1 - cover) + 0.5, np.uint8)
