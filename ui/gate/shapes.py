"""Moved to `ui.shapes`."""

from ui.shapes import CELLS, draw_cell, draw_outcome

__all__ = ["CELLS", "draw_cell", "draw_outcome"]
