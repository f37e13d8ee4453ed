"""Where chunks are worked on: in this process, in others on this machine, or on a cluster."""
