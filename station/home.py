"""Where this machine keeps what is its own: configuration, database, demonstration key."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from platformdirs import user_data_dir

from scanner.signer import Signer
from scanner.trust import TrustList


def home() -> Path:
    """The station's folder: `STATION_HOME`, or the platform's place for an application's data."""
    return Path(os.environ.get("STATION_HOME") or user_data_dir("checkpoint-station", appauthor=False))


def database_path() -> Path:
    """The passage log, unless the command line names another."""
    return home() / "station.db"


def config_path() -> Path:
    """The station's configuration."""
    return home() / "station.toml"


def preferences_path() -> Path:
    """What the desk's officers chose."""
    return home() / "preferences.toml"


def demo_signer() -> Signer:
    """This machine's demonstration key, made at first use and never shared.

    Raises:
        SignerError: The key file is damaged.
        OSError: It cannot be read or written.
    """
    path = home() / "demo-key.pem"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(Signer.generate().to_pem())
            os.link(draft, path)  # whole or not at all: half a key would stay half
        except FileExistsError:
            pass  # another process was faster; its key is as good
        finally:
            draft.unlink(missing_ok=True)
    return Signer.from_pem(path.read_bytes())


def demo_trust(now: datetime) -> TrustList:
    """A trust list of this machine's demonstration key alone, fresh at `now`."""
    return TrustList((demo_signer().trusted_key(demo=True),), issued=now)
