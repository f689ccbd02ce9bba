"""The list of everything that can be done, and the menus that show it.

``FRAME_ACTIONS`` are slots of the main window, ``ERRAND_ACTIONS`` slots of its errands.
"""

from ipfinance.ui.actions import SEPARATOR, ActionSpec, MenuSpec

FRAME_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", "新增登记(&N)", "new_registration", "Ctrl+N", "add", "录入一笔新的质押登记"),
    ActionSpec(
        "report",
        "导出汇总表(&R)…",
        "export_report",
        "Ctrl+E",
        "export",
        "导出所选期间的 Excel 汇总表，含图表和口径",
    ),
    ActionSpec("quit", "退出(&X)", "close", "Ctrl+Q"),
    ActionSpec("undo", "撤销(&U)", "undo", "Ctrl+Z", "undo"),
    ActionSpec("redo", "重做(&R)", "redo", "Ctrl+Y, Ctrl+Shift+Z", "redo"),
    ActionSpec("find", "查找(&F)", "search_ledger", "Ctrl+F", "search", "到台账中查找"),
    ActionSpec("go_overview", "概览", "go_overview", "Ctrl+0"),
    ActionSpec("go_entry", "登记录入", "go_entry", "Ctrl+1"),
    ActionSpec("go_ledger", "登记台账", "go_ledger", "Ctrl+2"),
    ActionSpec("go_to_do", "待办", "go_to_do", "Ctrl+8"),
    ActionSpec("go_statistics", "统计报表", "go_statistics", "Ctrl+3"),
    ActionSpec("go_charts", "图表", "go_charts", "Ctrl+4"),
    ActionSpec("go_sentences", "报告语句", "go_sentences", "Ctrl+5"),
    ActionSpec("go_references", "外部数据", "go_references", "Ctrl+6"),
    ActionSpec("go_enterprises", "企业", "go_enterprises", "Ctrl+7"),
    ActionSpec("refresh", "刷新", "refresh", "F5", "refresh"),
    ActionSpec("tour", "导览(&T)", "start_tour", "", "help", "五分钟看一遍各个页面"),
    ActionSpec("light", "浅色", "choose_light", checkable=True),
    ActionSpec("dark", "深色", "choose_dark", checkable=True),
    ActionSpec("system", "跟随系统", "choose_system", checkable=True),
)

ERRAND_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "import",
        "导入台账(&I)…",
        "import_ledgers",
        "Ctrl+I",
        "import",
        "从 Excel、WPS 或 CSV 台账导入登记",
    ),
    ActionSpec(
        "notices",
        "粘贴公告(&P)…",
        "show_notices",
        "Ctrl+Shift+V",
        "paste",
        "从粘贴的专利公告新增、变更、注销登记",
    ),
    ActionSpec("batches", "导入记录(&H)…", "show_batches", "", "history", "查看并撤回以前的导入"),
    ActionSpec(
        "template", "保存空白台账模板(&T)…", "save_template", "", "excel", "生成可填写的空白台账"
    ),
    ActionSpec("open", "打开数据文件(&O)…", "open_store", "Ctrl+O", "open", "换一个数据文件"),
    ActionSpec("backup", "备份(&B)…", "backup", "", "backup", "把数据文件完整复制到一个文件夹"),
    ActionSpec("restore", "恢复备份…", "restore", "", "history", "用备份取代现在的数据"),
    ActionSpec("verify", "检查数据文件(&V)", "verify", "", "check", "检查完整性和内部一致"),
    ActionSpec(
        "demo", "填入演示数据", "fill_with_demonstration", "", "", "在空的数据文件里填入虚构的登记"
    ),
    ActionSpec("trash", "回收站(&D)…", "show_trash", "", "delete", "查看并恢复删除的登记"),
    ActionSpec("facts", "统计设置(&S)…", "edit_facts", "", "settings", "填报单位、普惠标准等"),
    ActionSpec(
        "backups", "自动备份(&B)…", "choose_backups", "", "backup", "退出时自动备份到一个文件夹"
    ),
    ActionSpec("keys", "快捷键(&K)", "show_keys", "F1", "help", "全部快捷键"),
    ActionSpec("about", "关于(&A)", "show_about", "", "info"),
)

MENUS: tuple[MenuSpec, ...] = (
    MenuSpec(
        "文件(&F)",
        (
            *("new", "import", "notices", "batches", "template", SEPARATOR, "report", SEPARATOR),
            *("open", "backup", "restore", "verify", "demo", SEPARATOR, "quit"),
        ),
    ),
    MenuSpec("编辑(&E)", ("undo", "redo", SEPARATOR, "find", "trash")),
    MenuSpec(
        "查看(&V)",
        (
            *("go_overview", "go_entry", "go_ledger", "go_to_do", "go_statistics", "go_charts"),
            *("go_sentences", "go_references", "go_enterprises"),
            *(SEPARATOR, "refresh", SEPARATOR, "light", "dark", "system"),
        ),
    ),
    MenuSpec("设置(&S)", ("facts", "backups")),
    MenuSpec("帮助(&H)", ("tour", "keys", "about")),
)
