"""Words of the audit page, (zh, en) each; what the figures are called is `station.texts_figures`'s."""

# Not `ui.words.Words`: that module puts this one's words among its own.
WORDS: dict[str, tuple[str, str]] = {
    "page_audit": ("审计", "Audit"),
    # who looks
    "audit_door": ("审计员或带班组长", "Auditor or shift lead"),
    "audit_door_hint": (
        "输入编号和 PIN 查看汇总。离开这一页，或五分钟没有操作，就会锁上。",
        "Code and PIN to see the figures. The page locks when it is left, or after five minutes without a touch.",
    ),
    "audit_code": ("编号", "Code"),
    "audit_pin": ("PIN", "PIN"),
    "audit_enter": ("查看", "Open"),
    "audit_checking": ("正在核对…", "Checking…"),
    "audit_lock": ("锁上", "Lock"),
    "audit_not_theirs": (
        "汇总只给审计员和带班组长看",
        "Figures are for auditors and shift leads only",
    ),
    # what is asked for
    "audit_range": ("时间", "Time"),
    "audit_range_today": ("今天", "Today"),
    "audit_range_week": ("近七天", "Last 7 days"),
    "audit_range_month": ("近三十天", "Last 30 days"),
    "audit_range_between": ("自选日期", "From – to"),
    "audit_first": ("从", "From"),
    "audit_last": ("到（含）", "to, included"),
    "audit_verdict": ("结论", "Verdict"),
    "audit_verdict_any": ("全部结论", "All verdicts"),
    "audit_shift": ("班次", "Shift"),
    "audit_shift_any": ("全部班次", "All shifts"),
    "audit_officer": ("查验员", "Officer"),
    "audit_officer_any": ("全部查验员", "All officers"),
    "audit_counting": ("正在统计…", "Counting…"),
    "audit_counted": ("{span} · {who}", "{span} · {who}"),
    "audit_empty": ("这段时间没有通行记录", "No passages in this range"),
    "audit_empty_hint": ("换一个时间，或清掉其他条件（Esc）", "Choose another time, or clear the other filters (Esc)"),
    "audit_failed": ("{problem}\n按 Ctrl+R 重试。", "{problem}\nPress Ctrl+R to try again."),
    # the figures
    "audit_time": ("每车用时 中位", "Time per vehicle, median"),
    "audit_time_told": ("九成在 {p90} 内", "9 in 10 within {p90}"),
    "audit_open": ("核验未处置", "Open reviews"),
    "audit_of_reviews": ("核后放行 {share}", "{share} released"),
    "audit_vehicles": ("{count} 辆", "{count} vehicles"),
    "audit_kinds": ("免检 {exempt} · 中止 {abandoned}", "{exempt} exempt · {abandoned} broken off"),
    "audit_by_hour": ("按小时", "By hour"),
    "audit_by_day": ("按日", "By day"),
    # verifying
    "audit_verify": ("核对防篡改链", "Verify the ledger"),
    "audit_verify_hint": (
        "逐一重算每项记录。末尾被截断、或整条链被重写，只有拿别处保存的链头来对才查得出来。",
        "Every row is recomputed. A cut-off end, or a ledger rewritten whole, only a head kept elsewhere can show.",
    ),
    "audit_verify_begin": ("开始核对", "Verify"),
    "audit_verify_head": ("与保存的链头核对…", "Verify against a head kept…"),
    "audit_verifying": ("已核对 {done} / {total} 项", "{done} of {total} entries"),
    "audit_reading": ("正在读取…", "Reading…"),
    "audit_verify_stopped": ("核对中止：没有结论", "Stopped: nothing is proven"),
    "audit_verify_more": ("还有 {count} 处", "{count} more"),
    "audit_verify_held": ("与 {station} 第 {seq} 项的链头核对过", "Held against the head of {station}, entry {seq}"),
    "audit_stop": ("停止", "Stop"),
    "audit_close": ("关闭", "Close"),
}
