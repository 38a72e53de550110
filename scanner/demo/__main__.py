"""`python -m scanner.demo OUT.png`: a sheet of what the demo's camera sees, for eyes and for the README."""

import sys
from datetime import UTC, datetime
from itertools import islice

import numpy as np

from scanner.cv import cv2
from scanner.demo.drivers import vehicles
from scanner.demo.photo import render
from scanner.signer import Signer

COLUMNS, ROWS, CELL = 3, 2, (640, 360)


def main(path: str) -> None:
    """Write six frames of six vehicles, in two rows."""
    rng = np.random.default_rng(0)
    demo = islice(vehicles(seed=5, now=datetime.now(UTC), signer=Signer.generate()), COLUMNS * ROWS)
    frames = [cv2.resize(render(vehicle.items[0], rng=rng), CELL, interpolation=cv2.INTER_AREA) for vehicle in demo]
    rows = [np.hstack(frames[start : start + COLUMNS]) for start in range(0, len(frames), COLUMNS)]
    done, encoded = cv2.imencode(".jpg" if path.endswith(".jpg") else ".png", np.vstack(rows))
    if not done:
        raise SystemExit(f"cannot encode {path}")
    encoded.tofile(path)


if __name__ == "__main__":
    main(sys.argv[1])
