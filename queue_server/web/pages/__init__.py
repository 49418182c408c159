"""The pages people see in a browser: one module a surface."""
