"""OpenCV, imported once and made harmless to Qt.

The opencv-python wheel carries a Qt of its own and points Qt's environment at it on import; a later
PySide6 window would then load the wrong platform plugin. Everyone takes `cv2` from here.
"""

import os

os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")  # what it cannot open, we say in a sentence of our own

import cv2

for _name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    os.environ.pop(_name, None)

__all__ = ["cv2"]
