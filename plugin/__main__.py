"""The plugin `asgardeo-bijira` for every Pulumi language."""

from pulumi_asgardeo_bijira.serving import main

main()
