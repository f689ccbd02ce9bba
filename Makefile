# Two commands are enough: `make run` and `make test`. Both do their own set-up,
# and nothing a second time that is there already.

PYTHON ?= python3
export PYTHON

VENV := .venv/bin/python
ARGS ?=

# Where a window can be shown the program opens one; elsewhere it works in the terminal.
ifneq ($(strip $(DISPLAY)$(WAYLAND_DISPLAY))$(filter Darwin,$(shell uname -s)),)
MODE := window
else
MODE := terminal
endif

.DEFAULT_GOAL := help
.PHONY: help run test check tests english fuzz bench pictures build clean

help:
	@echo '  make run       打开程序；没有显示器时在终端里完成同样的工作（ARGS=… 传给程序）'
	@echo '  make test      检查代码并运行全部测试（ARGS=… 传给 pytest）'
	@echo '  make check     只检查代码：ruff、mypy、import-linter'
	@echo '  make tests     只运行测试'
	@echo '  make english   从源代码更新英文词表 resources/locale/'
	@echo '  make fuzz      把一万个损坏的台账和公告喂给导入（ARGS=… 传给程序）'
	@echo '  make bench     测量速度（ARGS=… 传给测量程序）'
	@echo '  make pictures  把全部页面和对话框画到 build/pictures/，README 用的画到 docs/pictures/'
	@echo '  make build     生成安装包 dist/*.whl'
	@echo '  make clean     删除生成的文件（虚拟环境 .venv 也删除）'
	@echo '  PYTHON=…       换一个 Python（现在是 $(PYTHON)）'

run:
	@tools/system-packages $(MODE)
	@tools/environment run
ifeq ($(MODE),window)
	@$(VENV) -m ipfinance $(ARGS)
else
	@PYTHON=$(VENV) tools/terminal-errand
endif

test: .testing check tests

check: .testing
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy
	.venv/bin/lint-imports --no-logo

tests: .testing
	QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(VENV) -m pytest $(ARGS)

.PHONY: .testing
.testing:
	@tools/system-packages test
	@tools/environment test

english: .testing
	$(VENV) -m tools.english

fuzz: .testing
	$(VENV) tools/fuzz.py $(ARGS)

bench:
	@tools/system-packages drawing
	@tools/environment bench
	QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(VENV) -m bench $(ARGS)

pictures:
	@tools/system-packages drawing
	@tools/environment run
	QT_QPA_PLATFORM=offscreen $(VENV) -m tools.pictures $(ARGS)

build: .testing
	$(VENV) -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
