"""What the registrations add up to: indicators, comparisons and tables of figures."""
