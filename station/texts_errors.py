"""Sentences for what goes wrong, by the error's code: (zh, en). What happened, and what to do."""

from station.texts_attendance import ATTENDANCE
from station.texts_attendance import FIGURES as ATTENDANCE_FIGURES
from station.texts_database_errors import DATABASE_ERRORS
from station.texts_files import FIGURES as FILE_FIGURES
from station.texts_import import IMPORT_ERRORS
from station.texts_roster_errors import FIGURES as ROSTER_FIGURES
from station.texts_roster_errors import ROSTER_ERRORS

ERRORS: dict[str, tuple[str, str]] = {
    **DATABASE_ERRORS,
    # codes that are no credential
    "code_faulty": ("出示的码有问题", "The code shown is faulty"),
    "code_too_large": ("码的内容过大，不予识读", "The code's content is too large and was not read"),
    "code_unknown": (
        "不是健康码或核酸证明（{content}，{length} 字）",
        "Neither a health code nor a test certificate ({content}, {length} characters)",
    ),
    "code_needs_online": ("该码须联网核验（{host}），请人工核验", "This code can only be verified online ({host})"),
    "code_damaged": ("码已损坏或不完整，请重新出示", "The code is damaged or incomplete: show it again"),
    "code_malformed": ("码的格式不对", "The code is malformed"),
    "signer_unknown": ("签发机构不在信任列表中", "Its issuer is not in the trust list"),
    "signer_not_allowed": (
        "签发机构（{signer}）无权签发这类码",
        "Its issuer ({signer}) may not issue this kind of code",
    ),
    "signature_invalid": ("签名不符，码可能是伪造的", "The signature does not hold: the code may be forged"),
    "payload_invalid": ("码的内容不合规范（{field}）", "The code's content breaks its grammar ({field})"),
    "signer_expired": ("签发机构证书已过期（{signer}）", "The issuer's certificate is out of date ({signer})"),
    "code_not_yet_valid": ("码的签发时间晚于现在，请核对时钟", "The code was issued in the future: check the clock"),
    "code_revoked": ("该码已被撤销", "This code was revoked"),
    "signer_revoked": ("签发机构密钥已被撤销（{signer}）", "The issuer's key was revoked ({signer})"),
    # what broke on the way
    "decoder_failed": ("识读程序出错，请人工核验", "The decoder failed: check by hand"),
    "credential_failed": ("核验程序出错，请人工核验", "Verification failed: check by hand"),
    "camera_starting": ("摄像头启动中…", "The camera is starting …"),
    "camera_live": ("摄像头正常", "The camera works"),
    "camera_ended": ("画面已放完", "The pictures have ended"),
    "camera_missing": (
        "未找到摄像头，请插好 USB 线，接好后自动恢复",
        "No camera found: plug it in; it recovers by itself",
    ),
    "camera_busy": (
        "摄像头被其他程序占用，请关闭它，随后自动恢复",
        "Another program uses the camera: close it; it recovers by itself",
    ),
    "camera_frozen": (
        "画面停住了，稍候自动恢复；若未恢复，请拔下摄像头再插上",
        "The picture has stopped: wait a moment, else unplug the camera and plug it in again",
    ),
    "camera_black": (
        "画面全黑，请取下镜头盖、擦净镜头或打开照明",
        "The picture is black: uncover or clean the lens, or turn on a light",
    ),
    "camera_failed": (
        "摄像头故障，请人工核验；拔插一次或换一个 USB 口",
        "The camera failed: check by hand; replug it or try another USB port",
    ),
    "internal_fault": ("系统内部故障，请人工核验", "An internal fault: check by hand"),
    "release_not_kept": ("记录尚未写入，暂不能处置", "The row is not written yet: it cannot be decided on"),
    "clock_untrusted": ("本机时钟不可信，请校准", "The station's clock cannot be trusted: set it"),
    "reader_error": ("识读程序出错，请人工核验", "The reader failed: check by hand"),
    "bad_frame": ("画面格式不对（{shape} {dtype}）", "Not a picture ({shape} {dtype})"),
    "voice_failed": ("语音合成失败：{problem}", "The voice failed: {problem}"),
    # cameras and pictures
    "source_error": ("画面来源有问题", "The picture source is faulty"),
    "source_missing": ("找不到 {path}", "There is no {path}"),
    "source_not_a_folder": ("{path} 不是文件夹", "{path} is not a folder"),
    "folder_empty": ("文件夹 {path} 里没有照片", "There are no photos in folder {path}"),
    "folder_unreadable": (
        "文件夹 {path} 里的 {count} 张照片都无法读取",
        "None of the {count} photos can be read: {path}",
    ),
    "image_unreadable": ("{path} 不是可读取的图片", "{path} is not a picture that can be read"),
    "image_too_large": (
        "图片 {path} 太大：最多 {megabytes} MB、{megapixels} 百万像素",
        "The picture {path} is too large: at most {megabytes} MB and {megapixels} megapixels",
    ),
    "video_unreadable": ("{path} 不是可播放的视频", "{path} is not a video that can be played"),
    # the voice
    "voice_no_player": (
        "没有播放程序 aplay，语音无声：请安装 alsa-utils",
        "aplay is missing, the voice is silent: install alsa-utils",
    ),
    "voice_no_device": (
        "没有可用的音响，语音无声：请检查接线与声卡",
        "No sound device answers, the voice is silent: check the speaker and its plug",
    ),
    "voice_no_engine": (
        "语音引擎不能用：请运行 make run 补齐",
        "The voice engine does not work: make run brings it",
    ),
    "voice_died": ("语音程序中断，正在恢复", "The voice stopped and is being restarted"),
    # trust lists and keys
    "trust_unreadable": ("信任列表无法使用：{problem}", "The trust list cannot be used: {problem}"),
    "trust_no_key": (
        "信任列表里没有可用的证书或公钥：请提供 PEM、DER 证书，或 JSON 列表",
        "There is no usable certificate or public key in the trust list: give PEM, DER or JSON",
    ),
    "signing_key_unusable": (
        "签名密钥无法使用：须为未加密的 P-256 私钥（PEM，PKCS#8）",
        "The signing key cannot be used: it must be an unencrypted P-256 private key (PEM, PKCS#8)",
    ),
    # files
    "file_invalid": ("文件 {file} 无法使用", "File {file} cannot be used"),
    "file_unreadable": ("无法读取 {file}：{problem}", "Cannot read {file}: {problem}"),
    "file_too_large": ("{file} 太大：最多 {most}", "{file} is too large: at most {most}"),
    "head_malformed": ("{file} 不是链头文件", "{file} holds no signed head"),
    "file_failed": ("无法读写 {file}：{problem}", "Cannot use {file}: {problem}"),
    "file_not_utf8": ("{file} 不是 UTF-8 文本，请另存为 UTF-8", "{file} is not UTF-8 text: save it as UTF-8"),
    "file_unwritable": ("无法写入 {file}：{problem}", "Cannot write {file}: {problem}"),
    "file_is_folder": ("无法写入 {file}：这是一个文件夹", "Cannot write {file}: it is a folder"),
    "folder_missing": (
        "无法写入 {file}：没有文件夹 {folder}，请先建立",
        "Cannot write {file}: there is no folder {folder}, make it first",
    ),
    "file_is_input": (
        "{file} 是读入的文件，不会改写：请写到另一个文件",
        "{file} is read from and not written over: name another file",
    ),
    "key_unknown": ("{file} 第 {line} 行：不认识的项 “{key}”", "{file}, line {line}: unknown key “{key}”"),
    "key_missing": ("{file}：缺少 “{key}”", "{file}: “{key}” is missing"),
    "value_invalid": (
        "{file} 第 {line} 行：{key} = {value} 不可用，应为 {expected}",
        "{file}, line {line}: {key} = {value} is not possible; expected {expected}",
    ),
    # steps of a check
    "check_not_open": ("这辆车的查验不在进行中", "This vehicle's check is not open"),
    "desk_locked": ("查验台已锁定：请用 PIN 解锁", "The desk is locked: unlock it with your PIN"),
    "desk_not_checking": (
        "现在用查验台的人不查车：请查验员签到",
        "Whoever has the desk checks no vehicles: an officer has to sign in",
    ),
    "verdict_came_first": ("结论刚出来，这一项没有记入", "The verdict came first: this was not taken down"),
    "child_not_possible": (
        "驾驶员、已出示证码的人，不能按儿童免查",
        "Neither the driver nor who has shown a code counts as a child",
    ),
    "check_not_parked": ("这辆车没有在等候", "This vehicle is not parked"),
    "check_concluded": ("这辆车的查验已经结束", "This vehicle's check is over"),
    "people_out_of_range": (
        "人数 {people} 不对，应在 1 到 {most} 之间",
        "{people} people: expected 1 to {most}",
    ),
    "plate_blank": ("请输入车牌", "Enter the plate"),
    "reason_blank": ("请填写事由", "Give the reason"),
    "name_blank": ("请输入姓名", "Enter the name"),
    "search_fragment": ("只查了最近 {days} 天", "Looked for in the last {days} days only"),
    "search_id_number": (
        "最近 {days} 天以前，只能查到输入过的完整证件号",
        "Before the last {days} days, only numbers that were typed whole are found",
    ),
    "id_number_invalid": (
        "身份证号码不对：应为 18 位，且校验位相符",
        "Not an ID number: 18 characters with a fitting check digit",
    ),
    "manual_entry_empty": ("人工录入须有健康码状态或核酸结果", "Enter a health state or a test result"),
    # people and decisions
    "person_unknown": ("没有编号为 {person} 的人员", "Nobody has the code {person}"),
    "checkpoint_unknown": ("没有查验点 {checkpoint}", "There is no checkpoint {checkpoint}"),
    "person_inactive": ("{person} 已停用", "{person} is no longer active"),
    "pin_malformed": ("PIN 应为 {least} 到 {most} 位数字", "A PIN is {least} to {most} digits"),
    "pin_common": (
        "这个 PIN 太容易猜到：不要用重复或连续的数字、年份、日期、自己的编号",
        "This PIN is easily guessed: no repeated or running digits, no year or date, not one's own code",
    ),
    "pin_wrong": ("编号或 PIN 不对", "Wrong code or PIN"),
    "pin_waits": ("PIN 输错次数太多，请 {seconds} 秒后再试", "Too many wrong PINs: try again in {seconds} s"),
    "not_allowed": ("{person} 无权进行此项操作", "{person} may not do this"),
    "sign_in_needed": (
        "请先签到（F8）；用命令时加 --as 工号，PIN 另问",
        "Sign in first (F8); on the command line add --as CODE, the PIN is asked",
    ),
    "last_administrator": (
        "{person} 是最后一名管理员，不能停用：请先添加另一名",
        "{person} is the last administrator: add another one first",
    ),
    "duty_not_theirs": (
        "{person} 不查车，不用签到：请用查验员或带班组长的编号；还没有的，用命令 station people add 添加",
        "{person} checks no vehicles: sign in as an officer or lead; where there is none, run: station people add",
    ),
    "passage_unknown": ("没有这条通行记录：{passage}", "There is no passage {passage}"),
    "release_not_review": ("只有“人工核验”可以改为放行", "Only a review can be released"),
    "decision_made": ("这条记录已经处置过", "This passage was already decided"),
    "turned_back_already": ("这辆车已经劝返，没有再记一次", "Turned back already: it is not written twice"),
    "decision_unknown": ("没有这种处置：{kind}", "There is no such decision: {kind}"),
    **ROSTER_ERRORS,
    **ATTENDANCE,
    **IMPORT_ERRORS,
    # the command line
    "usage": ("用法不对：{problem}。用法见 {help}", "Wrong usage: {problem}. See {help}"),
    "usage_missing": ("缺少 {what}。用法见 {help}", "{what} is missing. See {help}"),
    "usage_unknown": ("不认识的参数 {what}。用法见 {help}", "Unknown argument {what}. See {help}"),
    "usage_choice": (
        "{what} 不能是 {value}，可选：{choices}。用法见 {help}",
        "{what} cannot be {value}; choose from {choices}. See {help}",
    ),
    "usage_only_with": ("{what} 只与 {other} 同用", "{what} goes with {other} only"),
    "usage_not_with": ("{what} 不能与 {other} 同用", "{what} does not go with {other}"),
    "range_backwards": ("结束时间须晚于开始时间", "The end must be later than the beginning"),
    "usage_value_missing": ("{what} 后面缺少内容。用法见 {help}", "{what} needs a value. See {help}"),
    "nothing_shown": (
        "请给出照片，或用 --text 给出扫码文本",
        "Give a picture, or a code's text with --text",
    ),
    "argument_blank": ("有一项参数是空的，请填写", "An argument is blank: fill it in"),
    "seed_malformed": (
        "种子“{value}”不对，应为 0 至 {most} 的整数",
        "Seed “{value}”: expected a whole number from 0 to {most}",
    ),
    "number_malformed": ("“{value}”不对，应为 1 以上的整数", "“{value}”: expected a whole number from 1"),
    "pin_unasked": (
        "请输入 {person} 的 PIN：没有终端时由标准输入读取，每人一行",
        "The PIN of {person} is wanted: without a terminal, a line of standard input each",
    ),
    "release_needs_lead": ("放行须有带班组长：请加 --lead 工号", "A release needs the shift lead: add --lead CODE"),
    "person_exists": ("编号 {person} 已有人使用", "Somebody has the code {person} already"),
    "no_codes_seen": ("画面里没有读到任何码", "No code was read in these pictures"),
    "rows_unsaved": (
        "注意：{count} 条记录未能写入，请排除故障后补登",
        "Note: {count} rows could not be written; mend the fault and enter them again",
    ),
    "temperature_malformed": (
        "体温“{value}”不是数字，请用小数点，例如 36.5",
        "Temperature “{value}” is no number: write it with a point, such as 36.5",
    ),
    "voice_not_wav": ("只写 WAV 文件：{file} 应以 .wav 结尾", "Only WAV is written: {file} must end in .wav"),
    "temperature_too_fine": (
        "体温 {celsius} 多于一位小数，请按 36.5 这样输入",
        "Temperature {celsius} has more than one decimal: write it as 36.5",
    ),
    "people_malformed": (
        "人数“{value}”不对，应为 1 到 99 的整数",
        "“{value}” people: expected a whole number, 1 to 99",
    ),
    "time_malformed": (
        "时间“{value}”不对，例如 2022-04-17T08:00:00+08:00",
        "Time “{value}” is not ISO 8601, such as 2022-04-17T08:00:00+08:00",
    ),
    "id_tail_malformed": (
        "证件尾号“{value}”不对，应为四位，末位可为 X",
        "ID tail “{value}”: four digits, the last may be X",
    ),
    "issue_refused": (
        "这样签发的码不会被接受（{field}）：姓名至多 120 字，时间须在 1970 年之后",
        "Such a code would not be accepted ({field}): a name has 120 characters at most, a time lies after 1970",
    ),
    "no_such_person": (
        "第 {number} 人不存在：车内 {people} 人",
        "No person {number}: {people} in the vehicle",
    ),
    "too_many_temperatures": ("体温有 {readings} 个，多于 {people} 人", "{readings} temperatures for {people} people"),
    "nobody_enters": (
        "用摄像头；终端里无人量体温、录车牌，不会放行。Ctrl-C 结束",
        "The camera is used; in the terminal nobody enters temperatures or plates, so nobody passes. Ctrl-C ends it",
    ),
    "camera_unused": (
        "--camera 只用于摄像头：请去掉 --source {source}",
        "--camera is for a camera's pictures: leave out --source {source}",
    ),
    "no_camera": ("没有摄像头，用演示画面代替", "There is no camera; a demonstration stands in"),
    "no_display": ("没有显示器，在终端运行", "There is no display; working in the terminal"),
    "save_no_folder": (
        "文件夹 {folder} 不在了（U 盘拔了？）：请换一个地方存",
        "The folder {folder} is gone (an unplugged stick?): save somewhere else",
    ),
    "save_denied": (
        "{file} 写不进去：文件只读，或正在 WPS、Excel 里打开。请关闭它，或换个文件名",
        "{file} cannot be written: it is read-only, or open in a spreadsheet. Close it, or choose another name",
    ),
    "save_there": (
        "{file} 已存在，没有改动：请另起文件名",
        "{file} is there already and was left alone: choose another name",
    ),
    "save_folder": ("{file} 是文件夹，请另起文件名", "{file} is a folder: choose another name"),
    "export_opens": (
        "导出只能按完整车牌筛选，不能按车牌的一部分、姓名或证件号",
        "An export takes a whole plate, not a part of one, a name or an ID number",
    ),
    "export_cancelled": ("导出已取消，没有留下文件", "The export was cancelled; no file was left"),
    "export_format": (
        "请用 --format 说明格式（csv 或 xlsx），或让文件名以它结尾",
        "Say the format with --format (csv or xlsx), or let the file's name end so",
    ),
    "manifest_malformed": ("{file} 不是导出清单", "{file} is no manifest of an export"),
    "key_malformed": ("{value} 不是公钥，也不是链头文件", "{value} is neither a public key nor the file of a head"),
    "save_full": ("磁盘已满，{file} 没有存成", "The disk is full: {file} was not saved"),
    "font_missing": (
        "这台电脑没有中文字体，无法排版：请安装文泉驿微米黑或思源黑体",
        "This machine has no Chinese font: install WenQuanYi Micro Hei or Noto Sans CJK SC",
    ),
    "rows_kept": ("{count} 条记录已写入 {path}", "{count} rows were written to {path}"),
    "internal": (
        "内部错误：{problem}。请以 STATION_LOG=DEBUG 重试，并报告输出",
        "Internal error: {problem}. Try again with STATION_LOG=DEBUG and report what it says",
    ),
}

FIGURES: dict[str, dict[str, tuple[str, str]]] = {
    "content": {"text": ("文本", "text"), "payment": ("付款码", "a payment code")},
    **FILE_FIGURES,
    **ROSTER_FIGURES,
    "what": {**FILE_FIGURES["what"], **ROSTER_FIGURES["what"]},
    **ATTENDANCE_FIGURES,
}
"""Figures that have a word of their own."""
