"""Models taken elsewhere: as the function of another SQL dialect, as JSON, as an ONNX graph."""
