"""The platforms' APIs as plain typed clients: nothing above them sees a server's own name or raw JSON.

asgardeo/       an organisation's API resources and applications
bijira/         one protocol (protocol.py), and a folder for each back end that serves it
documents.py    what their models share: both spellings, and writing back whole
paging.py       how every list is read

In each folder models.py says what a server is told and answers, and profile.py what to do about its refusals.
"""
