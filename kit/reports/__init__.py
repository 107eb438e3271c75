"""Reports: what a merchant takes home, as a workbook and as a page."""
