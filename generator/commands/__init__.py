"""The commands of ``kb``, one module for each."""
