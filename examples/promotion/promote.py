"""Promotes the program from stage to stage by Pulumi's Automation API: .venv/bin/python promote.py

Each stage has to open its API, and to be what the program declares, before the next one is touched.
"""

import os
from pathlib import Path

from pulumi import automation
from pulumi_asgardeo_bijira.invocation import fetch_token, invoke

STAGES = ("dev", "stage", "prod")


def promote(stage: str) -> None:
    """Bring a stage up, call its API and look whether anything has changed by itself."""
    stack = automation.create_or_select_stack(stage, work_dir=str(Path(__file__).parent))
    if gateway := os.environ.get("GATEWAY"):
        stack.set_config("promotion:gateway", automation.ConfigValue(gateway))
    outputs = {name: output.value for name, output in stack.up(on_output=print).outputs.items()}
    token = fetch_token(outputs["tokenEndpoint"], outputs["clientId"], outputs["clientSecret"], scope=outputs["scope"])
    answer = invoke(outputs["apiUrl"], token.access_token)  # raises what is wrong, and so ends the promotion
    stack.refresh(expect_no_changes=True)
    print(f"{stage}: the API answers {answer.status}")


for one in STAGES:
    promote(one)
