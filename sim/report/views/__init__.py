"""What a report shows, apart from how it is drawn: pictures with their tables, and sentences, in either language."""
