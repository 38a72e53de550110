"""How far a long proof has come, so that one broken off goes on where it stopped."""

import json
import re
import secrets
import zlib
from pathlib import Path


class Progress:
    """Rounds finished of one proof under one seed, written down after each `advance`.

    A round should depend on nothing but `seed` and its number: then going on is the same as never having stopped.

    Attributes:
        seed: what the proof draws its rounds from.
        done: rounds finished, in this run and those before it.
        file: where that is kept until the proof has passed.
    """

    def __init__(self, folder: Path, proof: str, *, seed: int | None = None, fresh: bool = False) -> None:
        """Take up `proof` (a test's id) under `seed`, or the one left unfinished, or a new one; `fresh` forgets all."""
        folder.mkdir(parents=True, exist_ok=True)
        stem = f"{re.sub(r'[^a-zA-Z0-9]+', '-', proof)[-80:]}-{zlib.crc32(proof.encode()):08x}"
        begun = sorted(folder.glob(f"{stem}.*.json"), key=lambda file: file.stat().st_mtime)
        while fresh and begun:
            begun.pop().unlink()
        if seed is None:
            seed = int(begun[-1].name.split(".")[1]) if begun else secrets.randbelow(10**6)
        self.seed = seed
        self.file = folder / f"{stem}.{seed}.json"
        self.done: int = json.loads(self.file.read_text())["done"] if self.file.exists() else 0

    def advance(self, rounds: int = 1) -> None:
        """`rounds` more are finished; a kill at any moment leaves the old file or the new one."""
        self.done += rounds
        written = self.file.with_suffix(".new")
        written.write_text(json.dumps({"done": self.done}))
        written.replace(self.file)

    def forget(self) -> None:
        """The proof has passed: the next one starts at nought."""
        self.file.unlink(missing_ok=True)
