# Two commands do everything: make demo, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SAMPLE := reports/qingyuan-county-2024.txt
OUT := out/问题清单.xlsx

.DEFAULT_GOAL := help

.PHONY: help demo test check lint bench bench-page accuracy clean
help: ## 显示可用的命令
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "需要 Python 3.11 或更新的版本")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

demo: $(STAMP) ## 安装所需，检查样例报告，写出问题清单
	@mkdir -p out
	@$(BIN)/checker check $(SAMPLE) -o $(OUT)
	@echo "问题清单在 $(CURDIR)/$(OUT)"

test: $(STAMP) ## 运行全部测试
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(STAMP) ## 代码风格、类型、房间之间的单向流
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/checker rules lint
	$(BIN)/checker rules test

check: lint test ## CI 所跑的一切

bench: $(STAMP) ## 速度：本机一次运行内的比值
	$(BIN)/python -m benchmarks.speed

bench-page: $(STAMP) ## 网页打开的速度：空白页的倍数
	$(BIN)/python benchmarks/page.py

accuracy: $(STAMP) ## 与标注对比：分章、逐道门、两种基线
	$(BIN)/python -m benchmarks.accuracy $(GOLD)

clean: ## 删去安装和缓存
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
