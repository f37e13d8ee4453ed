"""The commands: each in a module of its own that is imported only when the command is used."""
