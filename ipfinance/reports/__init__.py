"""What goes out: the per-city figure, the summary workbook, the ledger."""
