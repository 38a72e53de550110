"""OpenCV, imported once and made harmless to Qt.

The opencv-python wheel carries a Qt of its own and points Qt's environment at it on import; a later
PySide6 window would then load the wrong platform plugin. Everyone takes `cv2` from here.
"""

import os

os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")  # what it cannot open, we say in a sentence of our own
os.environ["OPENCV_IO_MAX_IMAGE_PIXELS"] = str(1 << 27)  # it asks but once, as it loads

import cv2

for _name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    os.environ.pop(_name, None)

MOST_PIXELS = int(os.environ["OPENCV_IO_MAX_IMAGE_PIXELS"])
"""Of a picture that is decoded, 400 MB of memory: a small file can say that it has any number."""

__all__ = ["MOST_PIXELS", "cv2"]
