"""What is wrong with a file, as figures of a sentence: what the system says of it, and what a JSON reader does."""

import errno
import os

_SYSTEM = {
    errno.ENOENT: ("没有这个文件或文件夹", "there is no such file or folder"),
    errno.EACCES: ("没有权限", "it is not permitted"),
    errno.EPERM: ("没有权限", "it is not permitted"),
    errno.EISDIR: ("这是一个文件夹", "it is a folder"),
    errno.ENOTDIR: ("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EEXIST: ("已有同名的文件或文件夹", "there is a file or folder of that name"),
    errno.ENOSPC: ("磁盘已满", "the disk is full"),
    errno.EROFS: ("磁盘只读", "the disk is read-only"),
    errno.EIO: ("磁盘读写出错", "the disk failed"),
    errno.ENAMETOOLONG: ("文件名太长", "the name is too long"),
}
_JSON = {
    "Expecting value": ("此处缺少值", "a value is missing here"),
    "Expecting property name enclosed in double quotes": (
        "此处应是双引号中的键；最后一项后面不加逗号",
        "a key in double quotes is expected here; no comma stands after the last",
    ),
    "Illegal trailing comma before end of object": ("最后一项后面不加逗号", "no comma stands after the last"),
    "Illegal trailing comma before end of array": ("最后一项后面不加逗号", "no comma stands after the last"),
    "Expecting ',' delimiter": ("此处缺少逗号或右括号", "a comma or a closing bracket is missing here"),
    "Expecting ':' delimiter": ("键后面缺少冒号", "a colon is missing after the key"),
    "Extra data": ("后面有多余的内容", "there is more behind the end"),
    "Unterminated string starting at": ("此处起的引号没有配对", "the quote begun here is not closed"),
    "Invalid control character at": ("引号里有换行或控制符", "a line break or control character within quotes"),
    "Invalid \\escape": ("反斜杠写法不对", "a wrong backslash"),
    "Invalid \\uXXXX escape": ("\\u 后面应是四位十六进制数", "four hex digits are expected after \\u"),
    "too deep": ("层数太多", "it is nested too deeply"),
    "too long": ("有一个数太长", "a number in it is too long"),
}

FIGURES: dict[str, dict[str, tuple[str, str]]] = {
    "problem": {os.strerror(code): words for code, words in _SYSTEM.items()},
    "what": _JSON,
    "where": {".": ("文件最外层", "the document")},
    "need": {
        "day, e.g. 2026-10-01": ("日历上有的一天，例如 2026-10-01", "a day that exists, such as 2026-10-01"),
        "text": ("文字，不能空", "a text, not blank"),
        "number": ("数字", "a number"),
        "object": ("花括号 { } 里的一组项", "an object in { }"),
        "list": ("方括号 [ ] 里的列表", "a list in [ ]"),
        "true or false": ("true 或 false", "true or false"),
        "every code once": ("每个代码只出现一次", "every code once"),
        "shifts that fill 24 hours, each once": (
            "合起来正好 24 小时的班次，每个一次",
            "shifts that fill 24 hours, each once",
        ),
    },
}
"""By the figure's name and what it says there; what is not here is said as it is."""
