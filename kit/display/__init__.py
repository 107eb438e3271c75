"""From tables to pictures: chart types, catalogue, live chart, tables, HTML and files."""
