"""Words of the handover page, (zh, en) each; what the sheet itself says is `station.texts_handover`'s."""

# Not `ui.words.Words`: that module puts this one's words among its own.
WORDS: dict[str, tuple[str, str]] = {
    "page_handover": ("交接班", "Handover"),
    "handover_overdue": ("逾期 {count}", "{count} late"),
    "handover_overdue_told": ("交接班 {count} 项逾期", "{count} handovers are late"),
    # the list
    "handover_shifts": ("各班的交接", "Shifts to hand over"),
    # the sheet
    "handover_sheet": ("交接单", "The sheet"),
    "handover_reading": ("正在读取交接单…", "Reading the sheet…"),
    "handover_export": ("打印件（PDF）…", "PDF to print…"),
    "handover_exported": ("已写到 {file}", "Written to {file}"),
    "handover_file": ("交接班 {day} {shift}", "handover {day} {shift}"),
    "handover_read_only": (
        "只能看：填写须带班组长签到（F8）；确认时各输各的编号和 PIN",
        "View only: a lead signs in to write (F8); to confirm, each gives code and PIN",
    ),
    "handover_kept": ("已保存", "Kept"),
    "handover_unkept": ("正在写，停笔或离开时自动保存", "Being written; kept by itself"),
    "handover_failed": ("{problem}\n按 Ctrl+R 重试。", "{problem}\nPress Ctrl+R to try again."),
    "handover_meanwhile": (
        "另一台刚写过这张交接单：两边写的都留下了，请看一遍",
        "Another station wrote on this sheet meanwhile: both are kept, look it over",
    ),
    "handover_given_meanwhile": (
        "另一台刚交了这张交接单，不能再改；没写进去的在这里，请写到下一班的记事里：\n{what}",
        "Another station gave this sheet meanwhile: it stays. Write this, which is not on it, on the next one:\n{what}",
    ),
    "handover_all": ("全部 {count} 条", "All {count}"),
    "handover_fewer": ("只看前 {count} 条", "The first {count} only"),
    "handover_noted": ("记下了", "Done"),
    # lines of the lists
    "handover_item": ("物品", "Item"),
    "handover_count": ("数量", "Count"),
    "handover_remark": ("备注", "Remark"),
    "handover_add_item": ("＋ 加一项", "+ Add a line"),
    "handover_time": ("时间", "Time"),
    "handover_by": ("来人", "Who came"),
    "handover_findings": ("发现", "Findings"),
    "handover_mended": ("整改", "Mended"),
    "handover_add_visit": ("＋ 记一次督查", "+ Add a visit"),
    "handover_notes": ("下一班要知道的事", "What the next shift should know"),
    "handover_line": ("{what}，第 {number} 行", "{what}, line {number}"),
    "handover_remove": ("删去", "Remove"),
    "handover_unnamed": (
        "物资第 {number} 行没有名称：请填上，或删去",
        "Line {number} of the supplies has no name: fill it in, or remove it",
    ),
    # who is there
    "attendance_code": ("编号", "Code"),
    "attendance_pin": ("PIN", "PIN"),
    "attendance_come": ("到岗", "Check in"),
    "attendance_go": ("离岗", "Check out"),
    "attendance_name": ("出勤 {what}", "Attendance: {what}"),
    "attendance_hint": (
        "到岗、离岗：输编号和 PIN，或用扫码枪扫胸牌；按现在的时间计班",
        "To come or leave, in the shift that it is time for: code and PIN, or scan your badge",
    ),
    "attendance_badge_go": ("{name} 离岗", "{name} leaves"),
    "attendance_checking": ("核对中…", "Checking …"),
    # confirming
    "handover_code": ("组长编号", "Lead's code"),
    "handover_pin": ("PIN", "PIN"),
    "handover_give": ("确认交班", "Hand over"),
    "handover_take": ("确认接班", "Take over"),
    "handover_give_hint": (
        "看过交接单再确认；确认后不能再改",
        "Look the sheet over first: it stays as it is from then on",
    ),
    "handover_take_hint": ("看过交接单、点过物资再确认", "Read the sheet and count the supplies first"),
    "handover_waits": ("先由交班组长确认", "The outgoing lead confirms first"),
    "handover_early": (
        "本班 {time} 才结束，之后的车不会写进交接单。真的现在交，再按一次",
        "The shift ends at {time}; later vehicles will not be on the sheet. To hand over now, press again",
    ),
    "handover_checking": ("正在核对 PIN…", "Checking the PIN…"),
    "handover_complete": ("交接完成", "Handed over"),
    "handover_complete_told": ("{given} 交给 {taken}", "{given} handed over to {taken}"),
}
