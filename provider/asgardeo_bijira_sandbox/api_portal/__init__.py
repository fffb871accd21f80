"""The API Portal of WSO2 API Platform, v0.9: `/api-portal/api/v0.9/…`.

It follows what a real server answered, also where that differs from its published description. A server
has one organisation; this one has as many as the scenario.
"""
