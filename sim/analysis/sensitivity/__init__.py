"""What an answer depends on: tornado, screening, variance shares, switching values."""
