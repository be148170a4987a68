"""The adapter's own dbt project; its macros are those of the dbt package `goldloop`."""

import os

PACKAGE_PATH = os.path.dirname(__file__)
