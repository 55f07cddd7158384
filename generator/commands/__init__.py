"""The commands of `kb` that have a module of their own: arguments in, exit code out."""
