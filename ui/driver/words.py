"""Words for the driver, (zh, en): the second screen and the printed notice. None of them names or numbers anybody.

A headline's line break is where it is best broken; in the smaller line below it falls away.
"""

WORDS: dict[str, tuple[str, str]] = {
    "driver_title": ("司机屏", "Driver's screen"),
    # idle: both languages at once
    "driver_greeting": ("您好，请准备", "Hello, please have ready"),
    "driver_item_health": ("健康码", "Health code"),
    "driver_item_test": ("核酸", "Test"),
    "driver_item_temperature": ("体温", "Temperature"),
    "driver_ready_test": ("{hours:g}小时核酸证明", "Negative test, {hours:g} h"),
    # what to show next
    "driver_next": ("下一位", "Next person"),
    "driver_health": ("请出示健康码", "Please show\nyour health code"),
    "driver_test": (
        "请出示{hours:g}小时\n核酸检测阴性证明",
        "Please show your\n{hours:g}-hour negative test",
    ),
    "driver_temperature": ("请测体温", "Temperature\ncheck, please"),
    "driver_again": ("请再测一次\n体温", "Temperature\nonce more, please"),
    "driver_register": ("正在登记，\n请稍候", "Registering,\none moment"),
    "driver_standby": ("请稍候", "One moment,\nplease"),
    # how
    "driver_how_health": ("请调亮屏幕，对准摄像头", "Screen bright, facing the camera"),
    "driver_how_test": ("纸质证明请交给工作人员", "On paper: hand it to the staff"),
    "driver_how_temperature": ("请听工作人员指引", "The staff will do it"),
    "driver_how_again": ("请休息片刻，听工作人员安排", "Rest a little; the staff will tell you when"),
    "driver_how_standby": ("工作人员马上为您办理", "The staff will be with you shortly"),
    "driver_unread": ("没读出来：请调亮屏幕，再靠近一些", "Not read: make the screen brighter, come closer"),
    "driver_not_it": ("这不是健康码：请打开健康码", "This is no health code: please open yours"),
    "driver_stale": ("码已过期：请刷新后再出示", "The code has expired: refresh it, show it again"),
    # the answer
    "driver_pass": ("请通行", "You may go"),
    "driver_how_pass": ("谢谢配合，一路平安", "Thank you, and a safe journey"),
    "driver_wait": ("请稍候", "Please wait"),
    "driver_how_wait": ("工作人员马上为您办理", "The staff will be with you shortly"),
    "driver_return": ("请返回", "Please turn back"),
    "driver_how_return": ("工作人员会为您说明", "The staff will explain"),
    "driver_return_test": (
        "须有{hours:g}小时核酸阴性证明",
        "A negative test of the last {hours:g} hours is needed",
    ),
    "driver_points": ("可到采样点：\n{points}", "Sampling points:\n{points}"),
    # the notice, on the idle screen and on paper
    "notice_title": ("个人信息告知", "Privacy notice"),
    "notice_why_title": ("为什么", "Why"),
    "notice_why": (
        "为防控疫情，按{notice}查验健康码、核酸证明和体温，登记姓名、证件尾号与车牌。",
        "To prevent infection ({notice}) we check code, test and temperature; we note name, ID ending and plate.",
    ),
    "notice_how_long_title": ("存多久", "How long"),
    "notice_how_long": (
        "只用于疫情防控，保存{days}天。",
        "Used for nothing else, and kept {days} days.",
    ),
    "notice_whom_title": ("问谁", "Whom to ask"),
    "notice_whom": ("查询、更正或有疑问，请询问{contact}。", "To see or correct your data, or to ask: {contact}."),
    "notice_staff": ("现场工作人员", "the staff here"),
    "notice_place": ("{checkpoint}查验点", "Checkpoint {checkpoint}"),
}
