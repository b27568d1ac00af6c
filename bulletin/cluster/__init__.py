"""The cluster: the same jobs on several machines, through a queue in PostgreSQL."""
