"""A sweep: lines over a factor, maps of two, and every simulated point with its figures, for what-if sliders."""
