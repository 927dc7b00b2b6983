"""Film files: probing, the library on disk, the demo films."""
