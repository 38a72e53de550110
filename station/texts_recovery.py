"""What a recovery copy says beside the key: whose it is, what for, where to keep it, how to use it."""

from datetime import datetime

from shifts.model import SHANGHAI
from station.config import Config
from station.texts import Pair

TITLE: Pair = ("恢复密钥", "Recovery key")
CARE: Pair = (
    "谁持有它和一份备份，谁就能打开全部记录。",
    "Whoever has it and a backup can open every row.",
)
GROUPS: Pair = ("九组，各带校验", "Nine checked groups")
QR: Pair = ("二维码，内容相同", "The same as a QR")
PUBLIC_KEY: Pair = ("指纹（本站公钥）", "Fingerprint (public key)")
PARTS: tuple[tuple[Pair, Pair], ...] = (
    (
        ("用途", "What for"),
        (
            "本机磁盘坏了，要在另一台机器上打开备份时用。没有它，备份打不开。",
            "To open a backup on another machine when this one's disk has died. Without it no backup opens.",
        ),
    ),
    (
        ("保管", "Where to keep it"),
        (
            "装入信封，封口并签名，锁在别处：不与备份同放，不复印，不留在电脑、手机里。封口破了，就当密钥已泄露。",
            (
                "In an envelope, sealed and signed across the flap, locked away elsewhere: not beside the backups, not"
                " copied, not left on a computer or a phone. If the seal is broken, take the key for known."
            ),
        ),
    ),
    (
        ("恢复", "How to restore"),
        (
            (
                "一、station key restore：逐组输入，或用扫码枪扫；\n"
                "station key restore --camera：二维码对准摄像头。\n"
                "二、station restore 备份文件 --as 管理员工号"
            ),
            (
                "1. station key restore: type group by group, or scan the QR with a hand scanner;\n"
                "station key restore --camera: hold the QR up to the camera.\n"
                "2. station restore BACKUP --as ADMINISTRATOR"
            ),
        ),
    ),
)
"""Heading and sentence each."""


def whose(config: Config, now: datetime) -> str:
    """Whose key it is, and when the copy was made: names and figures, the same in each language."""
    return f"{config.checkpoint_name}（{config.station}）  {now.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
