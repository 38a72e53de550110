"""Words of the sign-in page, (zh, en) each."""

WORDS: dict[str, tuple[str, str]] = {
    "sign_in_title": ("签到 · 换人", "Sign in · change officer"),
    "sign_in_hint": (
        "坐台的人每班签到一次，不影响正在查的车。不坐台的，扫胸牌或在 F4 登记到岗。审计员、管理员也在这里签到。",
        "Whoever works at this desk, once a shift; everybody else scans a badge, or checks in on F4. Auditors, too.",
    ),
    "sign_in_code": ("编号", "Code"),
    "sign_in_pin": ("PIN", "PIN"),
    "sign_in_locked": ("查验台已锁定", "The desk is locked"),
    "sign_in_locked_hint": (
        "一段时间没有人操作。输入 PIN 继续，正在查的车还在；换人也在这里。",
        "Nobody touched it for a while. Your PIN unlocks it, with the vehicle in hand as it was; or change officers.",
    ),
    "sign_in_unlock": ("解锁", "Unlock"),
    "sign_in_do": ("签到", "Sign in"),
    "sign_in_leave": ("签退离岗", "Sign out"),
    "sign_in_checking": ("核对中…", "Checking …"),
    "sign_in_now": ("现在：{name}", "At the desk: {name}"),
    "sign_in_present": ("当班", "On duty"),
    "sign_in_code_blank": ("请输入编号", "Enter your code"),
    "sign_in_pin_blank": ("请输入 PIN", "Enter your PIN"),
    "sign_in_digit": ("数字 {digit}", "Digit {digit}"),
}
