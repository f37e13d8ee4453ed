"""Reference pages, one module a page, made from the code that they describe."""
