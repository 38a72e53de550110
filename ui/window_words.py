"""Words of the window around the pages: rail, status line, demo stripe, (zh, en) each."""

WORDS: dict[str, tuple[str, str]] = {
    "app": ("查验台", "Checkpoint Station"),
    "page_sign_in": ("签到", "Sign in"),
    "rail": ("页面", "Pages"),
    # the status line
    "status": ("状态", "Status"),
    "status_place": ("{checkpoint} · {station}", "{checkpoint} · {station}"),
    "status_officer": ("查验员 {name}", "Officer {name}"),
    "status_user": ("使用人 {name}（不查车）", "At the desk: {name}, checking nothing"),
    "status_nobody": ("未签到", "Nobody signed in"),
    "status_on_duty": ("当班 {names}", "On duty: {names}"),
    "status_roll": ("应到 {due} 实到 {here}", "{here} of {due} here"),
    "status_roll_others": (" 另 {n} 人", ", {n} more"),
    "status_camera": ("摄像头", "Camera"),
    "status_database": ("记录库", "Log"),
    "status_trust": ("信任列表 {age}", "Trust list {age}"),
    "status_trust_none": ("无信任列表", "No trust list"),
    "status_voice": ("语音", "Voice"),
    "status_voice_muted": ("语音已静音", "Voice muted"),
    "status_now": ("北京时间 {time}", "{time} Beijing time"),
    "status_clock": ("时钟", "Clock"),
    "status_fine": ("{what}：正常", "{what}: fine"),
    "status_wrong": ("{what}：有问题", "{what}: trouble"),
    "age_minutes": ("{n} 分钟", "{n} min"),
    "age_hours": ("{n} 小时", "{n} h"),
    "age_days": ("{n} 天", "{n} d"),
    "and_more": ("（还有 {n} 项，见“设置”）", "({n} more under Settings)"),
    # what is wrong, and what to do
    "trouble_unsaved": (
        "{count} 条记录还没写入硬盘，恢复后自动补写：请勿关机",
        "{count} rows are not on disk yet and will be written by themselves: do not switch off",
    ),
    "trouble_disk_short": (
        "磁盘只剩 {mb} MB：请删去无关的文件；记录照常保存",
        "Only {mb} MB left on the disk: delete what has no use; rows are kept as ever",
    ),
    "trouble_disk_spent": (
        "磁盘已满，正在用预留的空间，只剩 {mb} MB：请马上清出空间",
        "The disk is full and the reserve in use, {mb} MB left: free space at once",
    ),
    "trouble_nobody": (
        "还没有人签到，记录上没有查验员：请按 F8 签到",
        "Nobody is signed in, rows name no officer: press F8",
    ),
    "trouble_shift": ("已换班：请当班人员按 F8 签到", "A new shift has begun: press F8 and sign in"),
    "trouble_trust_none": (
        "信任列表没有日期：请管理员导入新的信任列表",
        "The trust list bears no date: have the administrator import a new one",
    ),
    "trouble_trust_old": (
        "信任列表已 {age}未更新：请管理员导入新的信任列表",
        "The trust list is {age} old: have the administrator import a new one",
    ),
    "trouble_font": (
        "这台电脑没有中文字体，汉字显示不出：请安装文泉驿微米黑或思源黑体后重开",
        "This machine has no Chinese font: install WenQuanYi Micro Hei or Noto Sans CJK SC, then start again",
    ),
    # the demo's stripe
    "demo_stand_in": ("不是真的核验", "not a real check"),
    "demo_key": (
        "密钥不是真的：导入正式信任列表后，结论才算数",
        "the key is not a real one: nothing counts until a real trust list is imported",
    ),
    "demo_pins": (
        "查验员 {officer} PIN {officer_pin} · 组长 {lead} PIN {lead_pin}",
        "Officer {officer} PIN {officer_pin} · lead {lead} PIN {lead_pin}",
    ),
    "demo_vehicle": ("车牌 {plate} · {people} 人 · {celsius} °C", "Plate {plate} · {people} people · {celsius} °C"),
    "demo_by_hand": ("我来试", "Let me try"),
    "demo_by_itself": ("自动演示", "Play by itself"),
    "demo_officer_name": ("演示查验员", "Demo officer"),
    "demo_lead_name": ("演示组长", "Demo lead"),
    "demo_unit": ("演示", "Demo"),
    # when it cannot start
    "cannot_start": ("查验台打不开", "The station cannot start"),
    "try_again": ("再试一次", "Try again"),
    "quit": ("退出", "Quit"),
}
