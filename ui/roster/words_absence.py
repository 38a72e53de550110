"""Words of somebody who cannot come, (zh, en) each."""

WORDS: dict[str, tuple[str, str]] = {
    "roster_absent": ("来不了… Ctrl+I", "Absent… Ctrl+I"),
    "roster_absent_title": ("{who} 来不了", "{who} cannot come"),
    "roster_absent_from": ("从", "From"),
    "roster_absent_until": ("到", "Until"),
    "roster_absent_shift": ("只这一班", "This shift"),
    "roster_absent_now": ("从现在起", "From now"),
    "roster_absent_end": ("到本期末", "To the end"),
    "roster_absent_leaves": (
        "空出 {count} 个班。点一个，逐个换人：",
        "Shifts left: {count}. Touch one to replace them there:",
    ),
    "roster_absent_or": ("或者一次排好，已开始的班不动：", "Or all at once; what has begun stays:"),
    "roster_absent_solve": ("重排，改动最少", "Re-solve, fewest changes"),
    "roster_absent_changed": (
        "空出 {vacated} 个班，改动 {people} 人、{count} 处。还是草稿，发布后才算数。",
        "Shifts left: {vacated}. Changes: {count}, of {people} people. A draft until you publish it.",
    ),
    "roster_absent_fewest": (
        "新排 {new} 人次，已证明不能更少。",
        "People put in: {new}, proven the fewest.",
    ),
    "roster_absent_at_least": (
        "新排 {new} 人次，至少要 {fewest} 人次。",
        "People put in: {new}; at least {fewest} must be.",
    ),
    "roster_absent_list": ("空出的班", "Shifts left"),
    "roster_absent_changes": ("改动", "Changes"),
    "roster_absent_undo": ("撤销 Ctrl+Z", "Undo Ctrl+Z"),
    "roster_absent_done": ("空出的班都有人了", "Every shift left is taken"),
    "roster_absent_stale": ("重排时班表又改过，没有采用；请再排一次", "The roster was edited meanwhile: search again"),
    "roster_absent_backward": ("“到 {until}”早于“从 {since}”，请改", "Until {until} is before {since}: mend it"),
    "roster_absent_over": (
        "这份班表到 {last} 为止，之后没有班可顶；请到下一份班表去改",
        "This roster is over on {last}: nothing is left in it to replace. Go to the roster after it",
    ),
    "roster_absent_nothing": (
        "{since} 至 {until} 没有还没开始的班，不用顶替；已开始的班用「换人…」",
        "Between {since} and {until} no shift of theirs is still to begin. One that has: “Replace…”",
    ),
    "roster_absent_nobody": (
        "没有人能顶。{why}。\n可点空出的班看每个人为什么不行，或留下缺口，写明理由发布。",
        "Nobody can stand in. {why}.\nTouch a shift to see why not, or leave the gap and publish with a reason.",
    ),
}
