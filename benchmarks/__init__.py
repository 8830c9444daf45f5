"""What viptui costs a person: time, bytes and memory, measured in a real pseudo-terminal beside its peers."""
