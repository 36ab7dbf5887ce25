"""The app on this machine: a server for the one who started it, and for nobody else."""
