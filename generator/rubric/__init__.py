"""Answers to the rubric: reading, counting and reporting them. The browser's twin is theme/assets/js/rubric-*.js."""
