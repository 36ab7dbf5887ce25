"""The tests: what the simulator does, in sentences."""
