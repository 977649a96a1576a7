"""Collections become datasets: one file or folder that people analyse, publish and look at; DuckDB does the work."""
