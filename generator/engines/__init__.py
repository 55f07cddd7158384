"""The engines that build a library's written pages and frames, the printer's raw material."""
