"""Sentences for what goes wrong with the log: its file, its keys, its backups, what is held and what is kept."""

DATABASE_ERRORS: dict[str, tuple[str, str]] = {
    "database_failed": ("数据库出错：{reason}", "The database failed: {reason}"),
    "database_unsupported": (
        "不支持 {scheme} 数据库：请给出文件路径，或 sqlite:///路径",
        "{scheme} databases are not supported: give a file's path, or sqlite:///PATH",
    ),
    "database_driver_missing": (
        "缺少 sqlcipher3：个人信息不得明文保存，请先安装",
        "sqlcipher3 is missing: personal data is never kept unencrypted; install it",
    ),
    "database_missing": ("没有数据库 {path}", "There is no database {path}"),
    "database_key_missing": (
        "缺少数据库密钥文件 {key}：请用 station key restore 从恢复副本录入，切勿新建",
        "The key file {key} is missing: station key restore takes its recovery copy; a new one opens nothing",
    ),
    "database_key_malformed": ("密钥文件 {key} 不是 64 位十六进制数", "Key file {key} is not 64 hex digits"),
    "database_key_wrong": (
        "密钥与数据库 {path} 不符，或文件不是数据库",
        "The key does not open {path}, or it is no database",
    ),
    "database_not_keyed": ("{path} 是未加密的数据库，不予使用", "{path} is an unencrypted database and is not used"),
    "database_newer": (
        "数据库由更新版本的程序建立（{revision}），请升级本程序",
        "The database was made by a newer version of this program ({revision}): update the program",
    ),
    "database_full": (
        "磁盘已满，记录未能保存：请清出空间",
        "The disk is full, the row was not kept: free space",
    ),
    "database_read_only": ("数据库不可写：{path}", "The database cannot be written: {path}"),
    "database_busy": ("数据库被其他程序占用：{path}", "Another program holds the database: {path}"),
    "database_io": ("读写数据库出错：{path}", "Reading or writing the database failed: {path}"),
    "database_corrupt": ("数据库已损坏：{path}，请从备份恢复", "The database is damaged: {path}; restore a backup"),
    "backup_there": ("{file} 已存在：备份要写成新文件", "{file} is there already: a backup is a new file"),
    "backup_broken": (
        "备份 {file} 与写入时不同（{findings} 处），没有恢复：请换一份",
        "The backup {file} is not as it was written ({findings} findings): nothing was restored; take another",
    ),
    "restore_newer": (
        "现有记录库有备份里没有的记录（{station} 第 {seq} 项），没有恢复",
        "The log here holds what the backup does not ({station}, entry {seq}): nothing was restored",
    ),
    "hold_unreadable": (
        "这些日期没有可读的个人信息，不能保全：{days}",
        "There is no personal data to be read of these days, so none to hold: {days}",
    ),
    "hold_nothing": (
        "没有符合的通行记录，没有保全（已清除的日期，按车牌找不到了）",
        "No passage fits, nothing was held (on erased days no plate is found any more)",
    ),
    "hold_opens": (
        "保全只能按完整车牌筛选，不能按车牌的一部分、姓名或证件号",
        "A hold takes a whole plate, not a part of one, a name or an ID number",
    ),
    "hold_what": (
        "请写出日期，或筛选条件（--since、--until、--plate、--verdict、--shift、--officer、--open），二者择一",
        "Name days, or filters (--since, --until, --plate, --verdict, --shift, --officer, --open): one or the other",
    ),
    "hold_unknown": ("没有编号 {number} 的保全", "No hold {number} is in force"),
    "recovery_wrong": (
        "第 {number} 组输错了：请对照恢复副本重新输入",
        "Group {number} is mistyped: type it again from the recovery copy",
    ),
    "recovery_incomplete": (
        "恢复副本应有 {need} 组，只有 {given} 组",
        "A recovery copy has {need} groups, {given} were given",
    ),
    "recovery_mixed": (
        "末组输错了，或各组不属于同一份恢复副本：请重新对照",
        "The last group is mistyped, or they are of different recovery copies: compare them again",
    ),
    "recovery_unseen": (
        "照片 {file} 里读不出恢复副本的二维码：请把整个码拍清楚，或逐组输入",
        "No recovery copy's QR can be read in {file}: take the whole code, sharp; or type the groups",
    ),
    "recovery_file": (
        "恢复副本写成 .pdf（打印）或 .txt 文件",
        "A recovery copy is a .pdf, to print, or a .txt",
    ),
    "key_there": (
        "{key} 已有另一把密钥，没有改动：请先确认它属于哪个记录库",
        "There is another key at {key}, which was left alone: find out first which log it opens",
    ),
    "database_refused": ("数据库拒绝了这条记录：{reason}", "The database refused the record: {reason}"),
    "wal_unsafe": (
        "注意：SQLite 版本有丢失提交的缺陷，已改用较慢的安全模式",
        "Note: this SQLite can lose commits in WAL mode; a slower, safe mode is used",
    ),
    "wal_unavailable": (
        "注意：此文件系统不支持 WAL，已改用较慢的安全模式",
        "Note: this file system has no WAL; a slower, safe mode is used",
    ),
    "key_was_readable": (
        "注意：密钥文件曾可被他人读取，已收紧为 0600",
        "Note: others could read the key file; it is 0600 now",
    ),
    "triggers_reinstated": (
        "注意：防改触发器曾缺失，已重建，请告知审计员",
        "Note: append-only triggers were missing and have been put back: tell the auditor",
    ),
}

_NOT_KEPT = ("本车记录尚未保存", "this vehicle's row is not kept yet")
FAULTS: dict[str, tuple[str, str]] = {
    code: (f"{zh}，{_NOT_KEPT[0]}：{mend_zh}", f"{en}, {_NOT_KEPT[1]}: {mend_en}")
    for code, zh, en, mend_zh, mend_en in (
        ("database_failed", "数据库出错", "The database failed", "请查看日志", "see the log"),
        ("database_refused", "数据库拒绝了记录", "The database refused the row", "请查看日志", "see the log"),
        ("database_full", "磁盘已满", "The disk is full", "请清出空间", "free space"),
        ("database_read_only", "数据库不可写", "The database cannot be written", "请检查磁盘与权限", "see to its disk"),
        (
            "database_busy",
            "数据库被占用",
            "The database is held",
            "请关闭占用它的程序",
            "close the program that holds it",
        ),
        ("database_io", "读写磁盘出错", "The disk failed", "请检查磁盘", "see to it"),
        ("database_corrupt", "数据库已损坏", "The database is damaged", "请从备份恢复", "restore a backup"),
        ("database_key_missing", "密钥文件不见了", "The key file is gone", "请从备份取回", "bring back its copy"),
        (
            "database_key_wrong",
            "密钥与数据库不符",
            "The key does not fit",
            "请取回原来的密钥",
            "bring back the right one",
        ),
    )
}
"""The same faults of the database met in the middle of a check: what the officer at the desk is told."""
