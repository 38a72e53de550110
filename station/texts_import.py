"""Sentences for what is wrong with a table handed in, by the problem's code: (zh, en). Its place is said before it."""

IMPORT_ERRORS: dict[str, tuple[str, str]] = {
    # the file
    "import_too_large": (
        "文件太大（超过 {megabytes} MB），请只留要导入的表",
        "The file is too large (over {megabytes} MB): leave only the table to import",
    ),
    "import_too_many": (
        "表有 {rows} 行 {columns} 列，至多 {most_rows} 行 {most} 列：请删去多余的行列和格式",
        "The table has {rows} rows and {columns} columns, at most {most_rows} and {most}: delete what is not needed",
    ),
    "import_too_many_merged": (
        "合并单元格太大，请取消整行、整列的合并",
        "A merged cell is too large: unmerge whole rows and columns",
    ),
    "import_protected": (
        "文件有打开密码，请在 Excel 或 WPS 里去掉密码后另存",
        "The file is protected by a password: take it off and save again",
    ),
    "import_old_format": (
        "这是旧的 .xls（或 .et）格式，请另存为 .xlsx",
        "This is the old .xls (or .et) format: save it as .xlsx",
    ),
    "import_broken": (
        "文件已损坏，或不是 Excel 工作簿：请重新另存为 .xlsx 或 CSV",
        "The file is damaged, or no Excel workbook: save it again as .xlsx or CSV",
    ),
    "import_broken_line": (
        "这一行的引号或分隔不对（{problem}）",
        "This line's quotes or separators are wrong ({problem})",
    ),
    "import_no_text": (
        "不是表格：应为 .xlsx，或 UTF-8、GBK 编码的 CSV",
        "Not a table: expected .xlsx, or CSV in UTF-8 or GBK",
    ),
    "import_empty": ("文件里没有内容", "There is nothing in the file"),
    "import_nothing": (
        "没有找到可导入的内容：表里没有一行数据",
        "There is nothing to import: the table has no rows",
    ),
    # headings
    "import_no_people_heading": (
        "没有找到表头：人员表须有“姓名”“工号”“单位”“岗位”四列",
        "No headings were found: a list of people needs the columns name, code, unit and duty",
    ),
    "import_no_roster_heading": (
        "没有找到表头：须有“日期、班次、姓名”三列，或一人一行、一天一列，或一班一行、一天一列",
        "No headings found: columns date, shift and name are needed, or a row a person (or shift) and a column a day",
    ),
    "import_heading_missing": ("缺少“{heading}”一列", "The column “{heading}” is missing"),
    "import_heading_twice": (
        "“{heading}”这一列出现两次，请只留一列",
        "The column “{heading}” is there twice: leave one",
    ),
    "import_heading_like": (
        "不认识的列“{heading}”，是不是“{like}”？",
        "Unknown column “{heading}”: is it “{like}”?",
    ),
    "import_heading_blank": ("这一列有内容，但没有表头", "This column has no heading, but something stands in it"),
    "import_column_passed": ("“{heading}”这一列没有用到", "The column “{heading}” was not used"),
    "import_sheet_passed": ("这张表不是班表，没有导入", "This sheet is no roster and was not imported"),
    "import_sheet_no_people": (
        "这张表不是人员名单，没有导入",
        "This sheet is no list of people and was not imported",
    ),
    "import_late_is_night": (
        "“{value}”按夜班读入；若是中班，请改写为“中班”",
        "“{value}” is read as the night; where the middle shift is meant, write that",
    ),
    # cells
    "import_error_cell": ("这一格是公式错误 {value}，请改正", "This cell is a formula's error {value}: mend it"),
    "import_not_computed": (
        "这一格的公式还没有算出值：请在 Excel 或 WPS 里打开并保存一次",
        "This cell's formula has no value yet: open the file in a spreadsheet and save it once",
    ),
    "import_blank": ("“{heading}”是空的，请填写", "“{heading}” is blank: fill it in"),
    "import_bad_day": (
        "日期“{value}”不对，例如 2026-05-04 或 5月4日；几天用顿号隔开",
        "Day “{value}” is wrong: write 2026-05-04 or 5/4; several with commas",
    ),
    "import_day_outside": (
        "{day} 不在 {first} 至 {last} 之内",
        "{day} is not within {first} to {last}",
    ),
    "import_day_twice": ("{day} 出现两次，请核对日期", "{day} is there twice: check the days"),
    "import_bad_year": ("出生年份“{value}”不对，例如 1975", "Year of birth “{value}” is wrong: write 1975"),
    "import_bad_flag": ("“{value}”不明白：请填“是”或“否”", "“{value}” is not clear: write yes or no"),
    "import_bad_duty": (
        "没有岗位“{value}”，可选：带班组长、查码、测温、登记、引导",
        "There is no duty “{value}”: choose lead, code checker, temperature, recorder or traffic",
    ),
    "import_bad_duty_like": ("没有岗位“{value}”，是不是“{like}”？", "There is no duty “{value}”: is it “{like}”?"),
    "import_bad_shift": (
        "“{value}”不是{checkpoint}的班次，可选：{choices}；休息填“休”",
        "“{value}” is no shift of {checkpoint}: choose {choices}; a day off is “off”",
    ),
    "import_bad_checkpoint": ("没有查验点“{value}”", "There is no checkpoint “{value}”"),
    "import_bad_checkpoint_like": (
        "没有查验点“{value}”，是不是“{like}”？",
        "There is no checkpoint “{value}”: is it “{like}”?",
    ),
    "import_no_checkpoint": (
        "看不出是哪个查验点：请加“查验点”一列，或以查验点命名工作表",
        "Which checkpoint is this? Add a column “checkpoint”, or name the sheet after it",
    ),
    # people
    "import_duplicate_code": (
        "工号 {code} 与第 {other} 行重复：请删去一行，或改工号",
        "Code {code} is also in row {other}: delete one, or change a code",
    ),
    "import_namesakes": (
        "与第 {other} 行同名（{name}），以工号区分",
        "The same name as row {other} ({name}); they are told apart by code",
    ),
    "import_unknown_person": ("名单里没有“{value}”", "Nobody is called “{value}”"),
    "import_unknown_person_like": (
        "名单里没有“{value}”，是不是“{like}”？",
        "Nobody is called “{value}”: is it “{like}”?",
    ),
    "import_ambiguous_person": (
        "有 {count} 个“{value}”（{codes}），请写工号",
        "{count} people are called “{value}” ({codes}): write the code",
    ),
    "import_other_person": (
        "工号 {code} 是 {name}，不是“{value}”",
        "Code {code} is {name}, not “{value}”",
    ),
    "import_no_duty": (
        "没有写岗位，{name} 也没有可任的岗位",
        "No duty is said, and {name} is trained for none",
    ),
    "import_repeated": (
        "{name} 的这个班与第 {other} 行重复",
        "{name} has this shift in row {other} already",
    ),
    "import_refused": (
        "{file} 有 {count} 处要改，什么都没有导入",
        "{file} has {count} things to mend; nothing was imported",
    ),
}
