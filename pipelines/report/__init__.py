"""Collections to look at: one self-contained HTML page of numbers, plots and examples."""
