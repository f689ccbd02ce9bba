"""Models: what tables and lists ask for their cells."""
