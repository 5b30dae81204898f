"""Growth -> a picture: an SVG chart, an overview of a class, and the numbers as a table. Standard library alone."""

from iep_training.progress.chart.overview import overview
from iep_training.progress.chart.picture import draw
from iep_training.progress.chart.table import table

__all__ = ["draw", "overview", "table"]
