"""ARIMA_PLUS, module by module: plain arrays in, plain arrays out; `fit.py` puts them together."""
