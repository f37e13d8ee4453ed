"""What happens over the weeks, replication by replication: the figures behind the pictures of a report."""
