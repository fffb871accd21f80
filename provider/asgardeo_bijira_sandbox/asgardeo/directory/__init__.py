"""Users and groups, by SCIM: `/scim2/Users` and `/scim2/Groups`."""
