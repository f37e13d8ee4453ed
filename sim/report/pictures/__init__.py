"""Pictures drawn by matplotlib: panels of `sim.report.views.picture` on axes, pictures as figures or as SVG."""
