"""Words of the audit page, (zh, en) each; what the figures are called is `station.texts_figures`'s."""

# Not `ui.words.Words`: that module puts this one's words among its own.
WORDS: dict[str, tuple[str, str]] = {
    "page_audit": ("审计", "Audit"),
    "audit_closed": ("汇总给审计员和带班组长看", "Figures are for auditors and shift leads"),
    "audit_closed_hint": ("请审计员或带班组长按 F8 签到", "An auditor or a shift lead signs in with F8"),
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
    # exporting
    "audit_export_open": ("导出…", "Export…"),
    "audit_export": ("导出", "Export"),
    "audit_export_hint": (
        "导出左边所选的记录或汇总。谁导出、事由，记入防篡改链；旁边附签名清单，可离线核对（station verify-export）。",
        (
            "The passages or figures chosen. Who and why go into the ledger; a signed manifest lies beside the file, to"
            " verify it anywhere (station verify-export)."
        ),
    ),
    "audit_export_xlsx": ("XLSX", "XLSX"),
    "audit_export_csv": ("CSV", "CSV"),
    "audit_export_pdf": ("PDF 汇总", "PDF summary"),
    "audit_export_personal": ("含车牌、姓名、证件号", "With plates, names and IDs"),
    "audit_export_masked": ("{count} 条记录，不含个人信息", "{count} passages, without personal data"),
    "audit_export_whole": (
        "{count} 条记录，含个人信息：请只交给有权看的人",
        "{count} passages with personal data: hand them only to those who may see them",
    ),
    "audit_export_summary": ("{count} 条记录的汇总，含图表", "Figures of {count} passages, with charts"),
    "audit_export_why": ("事由（必填）", "Why (required)"),
    "audit_export_begin": ("导出到…", "Export to…"),
    "audit_exporting": ("已写 {done} / {total} 条", "{done} of {total} written"),
    "audit_export_stopped": ("已停止：没有写出文件", "Stopped: no file was written"),
    "audit_export_file": ("通行记录 {place}{days}", "passages {place}{days}"),
    "audit_export_file_pdf": ("查验汇总 {place}{days}", "summary {place}{days}"),
    "audit_stop": ("停止", "Stop"),
    "audit_close": ("关闭", "Close"),
}
