"""The pages, a module for each; every one exports its ROUTES."""
