"""The list of everything that can be done, and the menus that show it.

``FRAME_ACTIONS`` are slots of the main window, ``ERRAND_ACTIONS`` slots of its errands.
"""

from ipfinance.language import Language, tr
from ipfinance.ui.actions import SEPARATOR, ActionSpec, MenuSpec
from ipfinance.ui.language import NAMES

FRAME_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "new", tr("新增登记(&N)"), "new_registration", "Ctrl+N", "add", tr("录入一笔新的质押登记")
    ),
    ActionSpec(
        "report",
        tr("导出汇总表(&R)…"),
        "export_report",
        "Ctrl+E",
        "export",
        tr("导出所选期间的 Excel 汇总表，含图表和口径"),
    ),
    ActionSpec("quit", tr("退出(&X)"), "close", "Ctrl+Q"),
    ActionSpec("undo", tr("撤销(&U)"), "undo", "Ctrl+Z", "undo"),
    ActionSpec("redo", tr("重做(&R)"), "redo", "Ctrl+Y, Ctrl+Shift+Z", "redo"),
    ActionSpec("find", tr("查找(&F)"), "search_ledger", "Ctrl+F", "search", tr("到台账中查找")),
    ActionSpec("go_overview", tr("概览"), "go_overview", "Ctrl+0"),
    ActionSpec("go_entry", tr("登记录入"), "go_entry", "Ctrl+1"),
    ActionSpec("go_ledger", tr("登记台账"), "go_ledger", "Ctrl+2"),
    ActionSpec("go_to_do", tr("待办"), "go_to_do", "Ctrl+8"),
    ActionSpec("go_statistics", tr("统计报表"), "go_statistics", "Ctrl+3"),
    ActionSpec("go_charts", tr("图表"), "go_charts", "Ctrl+4"),
    ActionSpec("go_sentences", tr("报告语句"), "go_sentences", "Ctrl+5"),
    ActionSpec("go_references", tr("外部数据"), "go_references", "Ctrl+6"),
    ActionSpec("go_enterprises", tr("企业"), "go_enterprises", "Ctrl+7"),
    ActionSpec("refresh", tr("刷新"), "refresh", "F5", "refresh"),
    ActionSpec("tour", tr("导览(&T)"), "start_tour", "", "help", tr("五分钟看一遍各个页面")),
    ActionSpec("light", tr("浅色"), "choose_light", checkable=True),
    ActionSpec("dark", tr("深色"), "choose_dark", checkable=True),
    ActionSpec("system", tr("跟随系统"), "choose_system", checkable=True),
    ActionSpec("language_zh", NAMES[Language.CHINESE], "choose_chinese", checkable=True),
    ActionSpec("language_en", NAMES[Language.ENGLISH], "choose_english", checkable=True),
)

ERRAND_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "import",
        tr("导入台账(&I)…"),
        "import_ledgers",
        "Ctrl+I",
        "import",
        tr("从 Excel、WPS 或 CSV 台账导入登记"),
    ),
    ActionSpec(
        "notices",
        tr("粘贴公告(&P)…"),
        "show_notices",
        "Ctrl+Shift+V",
        "paste",
        tr("从粘贴的专利公告新增、变更、注销登记"),
    ),
    ActionSpec(
        "batches", tr("导入记录(&H)…"), "show_batches", "", "history", tr("查看并撤回以前的导入")
    ),
    ActionSpec(
        "template",
        tr("保存空白台账模板(&T)…"),
        "save_template",
        "",
        "excel",
        tr("生成可填写的空白台账"),
    ),
    ActionSpec(
        "open", tr("打开数据文件(&O)…"), "open_store", "Ctrl+O", "open", tr("换一个数据文件")
    ),
    ActionSpec(
        "backup", tr("备份(&B)…"), "backup", "", "backup", tr("把数据文件完整复制到一个文件夹")
    ),
    ActionSpec("restore", tr("恢复备份…"), "restore", "", "history", tr("用备份取代现在的数据")),
    ActionSpec("verify", tr("检查数据文件(&V)"), "verify", "", "check", tr("检查完整性和内部一致")),
    ActionSpec(
        "demo",
        tr("填入演示数据"),
        "fill_with_demonstration",
        "",
        "",
        tr("在空的数据文件里填入虚构的登记"),
    ),
    ActionSpec("trash", tr("回收站(&D)…"), "show_trash", "", "delete", tr("查看并恢复删除的登记")),
    ActionSpec(
        "facts", tr("统计设置(&S)…"), "edit_facts", "", "settings", tr("填报单位、普惠标准等")
    ),
    ActionSpec(
        "backups",
        tr("自动备份(&B)…"),
        "choose_backups",
        "",
        "backup",
        tr("退出时自动备份到一个文件夹"),
    ),
    ActionSpec("keys", tr("快捷键(&K)"), "show_keys", "F1", "help", tr("全部快捷键")),
    ActionSpec("about", tr("关于(&A)"), "show_about", "", "info"),
)

MENUS: tuple[MenuSpec, ...] = (
    MenuSpec(
        tr("文件(&F)"),
        (
            *("new", "import", "notices", "batches", "template", SEPARATOR, "report", SEPARATOR),
            *("open", "backup", "restore", "verify", "demo", SEPARATOR, "quit"),
        ),
    ),
    MenuSpec(tr("编辑(&E)"), ("undo", "redo", SEPARATOR, "find", "trash")),
    MenuSpec(
        tr("查看(&V)"),
        (
            *("go_overview", "go_entry", "go_ledger", "go_to_do", "go_statistics", "go_charts"),
            *("go_sentences", "go_references", "go_enterprises"),
            *(SEPARATOR, "refresh", SEPARATOR, "light", "dark", "system"),
        ),
    ),
    MenuSpec(tr("设置(&S)"), ("facts", "backups", SEPARATOR, "language_zh", "language_en")),
    MenuSpec(tr("帮助(&H)"), ("tour", "keys", "about")),
)
