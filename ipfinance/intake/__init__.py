"""What comes in: workbooks and text files, the ledgers in them, and the imports made of them."""
