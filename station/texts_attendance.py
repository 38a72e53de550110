"""Sentences about coming to work and leaving, by code: (zh, en)."""

ATTENDANCE: dict[str, tuple[str, str]] = {
    "attendance_in": ("{name} 已到岗 {at}", "{name} is on duty since {at}"),
    "attendance_in_early": ("{name} 已到岗 {at}，计入{which}", "{name} came at {at}, counted in the {which} shift"),
    "attendance_out": ("{name} 已离岗 {at}", "{name} left at {at}"),
    "attendance_over": (
        "{name}：{which}已结束，还没有离岗登记；接着上班的请在 F4 登记到岗",
        "{name} has not checked out of the {which} shift, which is over; who stays on checks in on F4",
    ),
    "attendance_absent": ("{name} 没有到岗记录，不用登记离岗", "{name} has not come, so need not leave"),
    "badge_unknown": (
        "不是本站发的胸牌：请用编号和 PIN 登记，或请管理员补发",
        "Not one of this station's badges: check in with code and PIN, or have one printed",
    ),
    "badge_replaced": (
        "{name} 已换发新胸牌，这张作废：请用新的",
        "{name} has a newer badge, this one is void: use the new one",
    ),
    "badge_failed": ("胸牌没有登记上：请用编号和 PIN 登记", "The badge was not kept: check in with code and PIN"),
}

FIGURES: dict[str, dict[str, tuple[str, str]]] = {
    "which": {
        "early": ("早班", "early"),
        "middle": ("中班", "middle"),
        "night": ("夜班", "night"),
        "day": ("白班", "day"),
    },
}
"""Figures that are words; the shifts' are as in `station.texts`."""
