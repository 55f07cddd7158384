"""Offline: the built site as a file that is unpacked and read from a folder, without a network or a server."""
