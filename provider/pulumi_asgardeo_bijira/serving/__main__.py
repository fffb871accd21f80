"""`python -m pulumi_asgardeo_bijira.serving ADDRESS` serves an engine."""

from . import main

if __name__ == "__main__":
    main()
