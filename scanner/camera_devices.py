"""The cameras of this machine: which there are, which one is meant, how it is opened, and why it does not."""

import errno
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from scanner.cv import cv2
from scanner.source import SourceError

if sys.platform == "linux":
    import fcntl

SYSFS = Path("/sys/class/video4linux")
SELECT_TIMEOUT = "2"  # s after which a V4L2 read gives up by itself; OpenCV's own 10 delay healing


class CameraError(SourceError):
    """A camera that does not open."""

    code = "camera_failed"


class CameraMissing(CameraError):
    """There is no such camera: not there, or pulled out."""

    code = "camera_missing"


class CameraBusy(CameraError):
    """Another program holds the camera."""

    code = "camera_busy"


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera as the system lists it: where it is now ("/dev/video0") and what its maker calls it."""

    path: str
    name: str


class Capture(Protocol):
    """What is asked of an open device: `cv2.VideoCapture`, or a stand-in."""

    def read(self) -> tuple[bool, cv2.typing.MatLike]:
        """Wait for the next picture; (False, None) when there is none."""
        ...

    def release(self) -> None:
        """Let go of the device."""
        ...


def list_cameras(root: Path = SYSFS) -> list[CameraInfo]:
    """The cameras plugged in, by number; none where the system keeps no such list (Windows, macOS).

    A UVC camera has several nodes; pictures come from the one whose index is 0, metadata from the others.
    """
    nodes = []
    with suppress(OSError):
        nodes = [node for node in root.iterdir() if re.fullmatch(r"video\d+", node.name)]
    cameras = []
    for node in sorted(nodes, key=lambda node: int(node.name.removeprefix("video"))):
        with suppress(OSError):  # pulled out meanwhile
            if _line(node / "index") in {"0", ""}:
                cameras.append(CameraInfo(f"/dev/{node.name}", _line(node / "name")))
    return cameras


def choose(cameras: Sequence[CameraInfo], which: str | None, known: CameraInfo | None = None) -> CameraInfo | None:
    """The camera meant: by path, by part of its name, or the first; None when it is not among these.

    Args:
        cameras: those plugged in now.
        which: a path ("/dev/video0", or a lasting link of /dev/v4l/by-id), part of a name, or None for the first.
        known: the camera it was before. The same is preferred, so that a replugged camera is found again even
            where its number has changed; another that answers to `which` is taken when the known one is gone.
    """
    wanted = [camera for camera in cameras if _meant(camera, which)]
    renumbered = cameras if which and re.fullmatch(r"/dev/video\d+", which) else []
    again = [camera for camera in (*wanted, *renumbered) if known and camera.name == known.name]
    again.sort(key=lambda camera: camera != known)
    return next(iter([*again, *wanted]), None)


def open_device(path: str, *, size: tuple[int, int] = (1280, 720), fps: float = 30.0) -> Capture:
    """Open a device as MJPG of this size and rate, or the nearest it has; what it cannot do it passes over.

    Raises:
        CameraMissing, CameraBusy, CameraError: it does not open, as far as the system says why.
    """
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", SELECT_TIMEOUT)
    # For good, not for this call: an unplugged device also makes reading and releasing chatter on stderr.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    device: Any = int(path) if path.isdecimal() else path  # the stubs know each, not both
    for backend in _backends():
        capture = cv2.VideoCapture(device, backend)
        if capture.isOpened():
            break
        capture.release()
    else:
        raise why_not(path)
    # The order matters: uncompressed, most cameras offer 720p at 5–10 pictures a second only.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
    capture.set(cv2.CAP_PROP_FPS, fps)
    return capture


def why_not(path: str) -> CameraError:
    """Why this device did not open, which OpenCV does not tell."""
    if sys.platform == "linux":
        # V4L2 lets many open a camera; who streams shows only in who may ask for buffers:
        # VIDIOC_REQBUFS, struct v4l2_requestbuffers(count 0, VIDEO_CAPTURE, MMAP).
        request = np.array([0, 1, 1, 0, 0], np.uint32).tobytes()
        try:
            device = os.open(path, os.O_RDWR | os.O_NONBLOCK)
            try:
                fcntl.ioctl(device, 0xC0145608, request)
            finally:
                os.close(device)
        except OSError as error:
            return _named(error, path)
    return CameraError(path=path, reason="")


def _line(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace").strip()
    except FileNotFoundError:
        return ""  # old kernels have no index


def _meant(camera: CameraInfo, which: str | None) -> bool:
    if which is None:
        return True
    if which.startswith("/"):
        return str(Path(which).resolve()) == camera.path
    return which.casefold() in camera.name.casefold()


def _named(error: OSError, path: str) -> CameraError:
    kinds = {
        errno.ENOENT: CameraMissing,
        errno.ENODEV: CameraMissing,
        errno.ENXIO: CameraMissing,
        errno.EBUSY: CameraBusy,
    }
    return kinds.get(error.errno or 0, CameraError)(path=path, reason=error.strerror or "")


def _backends() -> tuple[int, ...]:
    named = {"linux": (cv2.CAP_V4L2,), "win32": (cv2.CAP_MSMF, cv2.CAP_DSHOW)}
    return named.get(sys.platform, (cv2.CAP_ANY,))
