"""Sentences for what goes wrong with rosters and swaps, by the error's code: (zh, en)."""

ROSTER_ERRORS: dict[str, tuple[str, str]] = {
    "roster_error": ("排班出错", "The roster failed"),
    "problem_error": ("排班文件有误", "The roster's problem is faulty"),
    "problem_not_json": (
        "不是 JSON：第 {line} 行第 {column} 列，{what}",
        "Not JSON: line {line}, column {column}: {what}",
    ),
    "problem_unknown_key": ("{where}：不认识的项“{key}”", "{where}: unknown key “{key}”"),
    "problem_repeated_key": ("“{key}”写了两次，请只留一个", "“{key}” is there twice: leave one"),
    "problem_missing_key": ("{where}：缺少“{key}”", "{where}: “{key}” is missing"),
    "problem_wrong_value": ("{where}：值不对，应为 {need}", "{where}: wrong value, expected {need}"),
    "problem_unknown_pack": (
        "rules.name：没有规则包“{name}”，现有 {packs}；若是自己的规则包，还须写明 {keys}",
        "rules.name: there is no rule pack “{name}”, only {packs}; a pack of your own has to give {keys} as well",
    ),
    "problem_duplicate_person": (
        "人员编号 {person} 出现两次，请删去重复的一个，或改其编号",
        "Two people have the code {person}: take one out, or give them another code",
    ),
    "problem_duplicate_demand": (
        "{checkpoint} {day} {shift} 的需求写了两次，请合并",
        "{checkpoint}, {day} {shift} is demanded twice: make it one",
    ),
    "problem_unknown_checkpoint": ("{where}：没有查验点 {checkpoint}", "{where}: there is no checkpoint {checkpoint}"),
    "problem_unknown_shift": (
        "{where}：查验点 {checkpoint} 没有班次 {shift}",
        "{where}: checkpoint {checkpoint} has no shift {shift}",
    ),
    "problem_unknown_person": ("{where}：没有编号为 {person} 的人员", "{where}: nobody has the code {person}"),
    "problem_day_outside": ("{where}：{day} 不在排班期内", "{where}: {day} is outside the roster's days"),
    "roster_table": (
        "班表第 {line} 行：{what}（{value}）",
        "Line {line} of the roster's table: {what} ({value})",
    ),
    "roster_unsolved": ("没有排出班表", "No roster came of it"),
    "roster_cancelled": (
        "已停止，还没有排满：未写出班表",
        "Stopped before every shift was covered: no roster was written",
    ),
    "roster_out_of_time": (
        "{seconds} 秒内没有排满，请延长时间（--seconds）",
        "Not every shift was covered within {seconds} s: give it more time (--seconds)",
    ),
    "roster_infeasible": (
        "排不满：{checkpoints} 个查验点的 {shifts} 个班共缺 {missing} 人",
        "It cannot be covered; people lacking: {missing}, shifts: {shifts}, checkpoints: {checkpoints}",
    ),
    "roster_uncovered": (
        "限时内没有排满：{checkpoints} 个查验点的 {shifts} 个班还缺 {missing} 人",
        "Not covered in the time given; people still lacking: {missing}, shifts: {shifts}, checkpoints: {checkpoints}",
    ),
    "roster_impossible": (
        "这样排不满，原因未能查出：请减少固定的班、请假或需求再试",
        "It cannot be covered, and why was not found: try it with less fixed, less leave or less demand",
    ),
    "roster_contradicted": (
        "固定的班互相抵触，或与请假、医嘱、规则抵触",
        "What is fixed contradicts itself, or leave, a doctor's word or a rule",
    ),
    "roster_unpublishable": (
        "班表还有 {count} 处必须改，不能发布；确实无法避免的，由带班组长逐条说明理由",
        "The roster breaks {count} hard rules and is not published; a lead may give a reason for what cannot be helped",
    ),
    "roster_outdated": (
        "已发布第 {newest} 版，此稿依据的是第 {base} 版：请在新版上重做",
        "Version {newest} is published, and this was made from version {base}: make it again from the newest",
    ),
    "roster_unchanged": (
        "与已发布的第 {version} 版一样，没有可发布的改动",
        "As version {version}, which is published: there is nothing to publish",
    ),
    "roster_base_needed": (
        "已有第 {newest} 版（{by} {at} 发布，撤下 {removed}、排上 {added} 人次）：看过之后，加 --base {newest} 再发布",
        "There is version {newest} ({by}, {at}; {removed} out, {added} in): look at it, then add --base {newest}",
    ),
    "roster_overtaken": (
        "相邻的 {start} 起的班表刚有新版：请再核对一次，然后发布",
        "The roster from {start} on, beside this one, has a new version: look again, then publish",
    ),
    "roster_overlaps": (
        "{start} 至 {last} 已有班表，两份班表不能有同一天",
        "There is a roster from {start} to {last}: two rosters cannot share a day",
    ),
    "roster_damaged": (
        "{start} 起的班表第 {version} 版与写入时不符，请告知审计员，并从备份恢复",
        "Version {version} of the roster from {start} is not as it was written: tell the auditor, restore a backup",
    ),
    "roster_no_days": ("排班期没有一天，无从排班", "The roster's period has no day"),
    "roster_none": ("还没有发布班表", "No roster was published yet"),
    "roster_no_version": ("班表没有第 {version} 版", "The roster has no version {version}"),
    "roster_nothing_published": (
        "{person} 还没有发布过的班，没有日历可导出",
        "No shift of {person} was ever published: there is no calendar to export",
    ),
    "roster_nobody": ("班表里没有人", "There is nobody in the roster"),
    "roster_nothing_vacated": (
        "{person} 自 {day} 起没有班，无须顶替",
        "{person} has no shift from {day} on: nothing is to be replaced",
    ),
    "day_malformed": ("日期“{value}”不对，例如 2026-05-04", "Day “{value}” is wrong: write it as 2026-05-04"),
    "minute_malformed": (
        "时刻“{value}”不对，例如 2026-05-04 或 2026-05-04T23:00",
        "“{value}” is wrong: write it as 2026-05-04 or 2026-05-04T23:00",
    ),
    "days_backward": ("{until} 在 {since} 之前，请对调", "{until} is before {since}: turn them round"),
    "seconds_malformed": ("秒数“{value}”不对，应为正数", "“{value}” seconds: expected a number above 0"),
    "swap_wrong_act": (
        "这次换班现在不能这样做（{stage}）",
        "This cannot be done with the swap now ({stage})",
    ),
    "swap_not_theirs": ("{by} 不能替别人办这次换班", "{by} may not act in this swap for somebody else"),
    "swap_bad": (
        "这些班不能换：班次不在当前班表里，或不属于该人",
        "These shifts cannot be swapped: one is not in the roster as it is now, or not theirs",
    ),
    "swap_too_late": (
        "这个班已经开始，不能再换；有人没来，由带班组长代办",
        "That shift has begun and is not swapped any more; where somebody did not come, a lead acts for them",
    ),
    "swap_own": (
        "自己的班换给谁，由别的带班组长批准",
        "Nobody approves a swap of their own shift while another lead can",
    ),
    "swap_cannot_answer": (
        "{person} 在本台没有 PIN，不能答复；请带班组长代办",
        "{person} has no PIN here and cannot answer: ask a lead to act for them",
    ),
    "swap_unknown": ("没有这次换班：{swap}", "There is no swap {swap}"),
    "swap_moved": ("这次换班刚有变化，请重新打开再办", "Somebody has just acted on this swap: open it again"),
    # handovers
    "handover_wrong": ("交接单不能这样确认", "The sheet cannot be confirmed like this"),
    "handover_same_lead": ("交班和接班须是两个人", "Nobody takes over from themselves: two leads confirm"),
    "handover_confirmed": ("已经确认过，交接单不能再改", "Confirmed already: the sheet stays as it is"),
    "handover_not_given": ("请交班的带班组长先确认", "The lead who leaves confirms first"),
    "handover_half_a_shift": (
        "请同时给出 --date 和 --shift，例如 --date 2026-05-04 --shift early",
        "Give both --date and --shift, such as --date 2026-05-04 --shift early",
    ),
    "handover_not_begun": ("{shift} 还没有开始，没有交接单", "{shift} has not begun: there is no sheet"),
    "handover_moved": ("交接单刚被别人改过，请看过再试", "Somebody just changed the sheet: look again, and try again"),
}

FIGURES: dict[str, dict[str, tuple[str, str]]] = {
    "stage": {
        "draft": ("草稿", "draft"),
        "offered": ("已提出", "offered"),
        "accepted": ("对方已同意", "accepted"),
        "checked": ("已核对", "checked"),
        "approved": ("已批准", "approved"),
        "published": ("已发布", "published"),
        "declined": ("对方未同意", "declined"),
        "refused": ("未通过", "refused"),
        "withdrawn": ("已撤回", "withdrawn"),
        "expired": ("已过期", "expired"),
        "void": ("已作废：班表变了", "void: the roster changed under it"),
    },
    "what": {
        "header": (
            "表头应为 checkpoint,date,shift,duty,person",
            "the header should be checkpoint,date,shift,duty,person",
        ),
        "cells": ("列数与表头不符", "not as many cells as the header has"),
        "date": ("日期不对，例如 2026-05-04", "no such day; write it as 2026-05-04"),
        "duty": (
            "没有这个岗位，可选 lead、code_checker、temperature、recorder、traffic",
            "no such duty; choose lead, code_checker, temperature, recorder or traffic",
        ),
        "blank": ("这一格是空的", "a blank cell"),
        "repeated": ("与前面一行重复", "the same as a line before"),
    },
}
"""Figures of sentences that are words themselves, by the figure's name and what it says."""
