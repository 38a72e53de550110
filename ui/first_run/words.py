"""Words of the first run, (zh, en) each."""

WORDS: dict[str, tuple[str, str]] = {
    "first_welcome": ("第一次使用", "First start"),
    "first_choose": (
        "这台电脑上还没有查验点。先看演示，还是现在设置？",
        "There is no checkpoint on this machine yet. See the demo, or set it up now?",
    ),
    "first_demo": ("演示", "Demo"),
    "first_demo_text": (
        "假车、假码、假人员，记录另存，不影响正式使用",
        "Invented vehicles, codes and staff; its log is kept apart from the real one",
    ),
    "first_demo_no_camera": ("没有摄像头也可以：用演示画面", "No camera needed: pictures are drawn"),
    "first_real": ("正式使用", "Set up"),
    "first_real_text": (
        "查验点、管理员、人员和文件，约三分钟",
        "Checkpoint, administrator, staff, files: three minutes",
    ),
    "first_real_no_camera": (
        "还没有摄像头：先设置，之后插上即可",
        "No camera yet: set up first and plug one in later",
    ),
    "first_step": ("第 {n} 步，共 {of} 步", "Step {n} of {of}"),
    "first_next": ("下一步", "Next"),
    "first_start": ("开始使用", "Start"),
    "first_saving": ("正在保存…", "Saving …"),
    # 1 the place
    "first_place": ("查验点", "Checkpoint"),
    "first_place_name": ("查验点名称", "Checkpoint's name"),
    "first_place_code": ("查验点代码", "Checkpoint's code"),
    "first_station_code": ("查验台代码", "Station's code"),
    "first_station_hint": ("本区内每台电脑各不相同", "Each machine of the district has its own"),
    "first_example": ("例如 {what}", "such as {what}"),
    # 2 to 4 people
    "first_admin": ("管理员", "Administrator"),
    "first_admin_text": (
        "管理员维护人员、政策和信任列表，不查车。",
        "Keeps staff, policy and trust lists; does not check vehicles.",
    ),
    "first_lead": ("带班组长", "Shift lead"),
    "first_lead_text": (
        "“人工核验”改为放行，须有组长的 PIN。可以留空，以后用命令 station people add 添加。",
        "Turning a review into a release needs the lead's PIN. Blank for now? Add one later: station people add",
    ),
    "first_officer": ("查验员", "Officer"),
    "first_officer_text": (
        "每班签到一次。可以留空，以后用命令 station people add 添加。",
        "Signs in once a shift. Blank for now? Add one later: station people add",
    ),
    "first_code": ("编号", "Code"),
    "first_name": ("姓名", "Name"),
    "first_unit": ("单位", "Unit"),
    "first_pin": ("PIN（{least}–{most} 位数字）", "PIN ({least}–{most} digits)"),
    "first_pin_again": ("再输一次 PIN", "PIN again"),
    # 5 files
    "first_files": ("文件", "Files"),
    "first_files_text": (
        "都可以以后再导入。没有信任列表时，只认本机的演示密钥，结论不算数。",
        "All may be imported later. Without a trust list only this machine's demo key is trusted: nothing counts.",
    ),
    "first_policy": ("查验政策（TOML）", "Policy (TOML)"),
    "first_trust": ("信任列表（PEM · DER · JSON）", "Trust list (PEM, DER, JSON)"),
    "first_sampling_points": ("采样点（CSV）", "Sampling points (CSV)"),
    "first_browse": ("选择…", "Choose …"),
    "first_read": ("✓ 可用", "✓ Usable"),
    "first_reading": ("正在检查…", "Checking …"),
    # what is missing
    "first_fill": ("请填写“{what}”", "Fill in “{what}”"),
    "first_pin_differs": ("{who}：两次 PIN 不一样，请重输", "{who}: the two PINs differ, enter them again"),
    "first_code_twice": ("编号 {code} 用了两次，每人须各有一个", "Code {code} is used twice; each person needs one"),
    "first_file_wrong": ("请先换掉或清空有问题的文件", "Replace or clear the file that cannot be used"),
    "first_file_unread": ("文件还在检查，请稍候", "A file is still being checked: one moment"),
}
