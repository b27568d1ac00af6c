"""The way in: `python -m bulletin` and the command `bulletin`."""

import sys


def main() -> None:
    """Run the command; stopping it while it is still being loaded is no accident either."""
    try:
        from bulletin.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(1)


if __name__ == "__main__":
    main()
