"""The guide, the catalogue and the systems (指南、目录、制度): kept up to date."""
