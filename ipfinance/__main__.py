"""``python -m ipfinance``: the same as the command ``ipfinance``."""

from ipfinance.cli import main

main(prog_name="ipfinance")
