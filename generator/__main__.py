"""``python -m generator`` is ``kb``."""

from .cli import main

if __name__ == "__main__":
    main()
