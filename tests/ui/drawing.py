"""Codes as pictures on disk."""

from pathlib import Path

import segno


def draw(text: str, path: Path) -> Path:
    """A clean picture of a code."""
    segno.make_qr(text, error="m", boost_error=False).save(str(path), kind="png", scale=6, border=4)
    return path
