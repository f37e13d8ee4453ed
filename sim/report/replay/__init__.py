"""What people see of one replication: a life with reasons, a post's weeks, an animated page."""
