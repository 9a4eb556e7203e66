"""The embedded PostgreSQL: a process beside us, supervised like any other part of the outside world.

It stands among the gateways because it starts and watches something that we do not compute; the SQL spoken to it is in
`stores`. It has no port: where FENQI_DSN names another server, nothing here is started.
"""
