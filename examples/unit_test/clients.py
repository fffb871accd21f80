"""How this organisation makes the client of a service: short tokens, and never the unlimited plan."""

import pulumi_asgardeo_bijira as wso2


def service(name: str, version: str, scopes: list[str]) -> wso2.AsgardeoApplication:
    """An application that may use the published API of this name, of which the scopes are defined here."""
    api = wso2.AsgardeoApi(
        name,
        identifier=f"https://api.example.com/{name}",
        scopes=[wso2.ApiScopeArgs(name=scope) for scope in scopes],
    )
    application = wso2.AsgardeoApplication(
        f"{name}-service",
        access_token=wso2.AccessTokenArgs(application_access_token_expiry_in_seconds=900),
        authorized_apis=[wso2.AuthorizedApiArgs(api_id=api.id, scopes=list(scopes))],
    )
    published = wso2.get_bijira_api(name=f"{name.capitalize()} API", version=version)
    wso2.BijiraApplicationClient(
        f"{name}-service",
        client_id=application.client_id,
        subscriptions=[wso2.SubscriptionArgs(api_id=published.id, plan="Gold")],
    )
    return application
