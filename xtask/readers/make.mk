# Prints the environment that make gives a recipe after it has read a file.
include .env
export
.PHONY: __dump
__dump:
	@/usr/bin/env -0
