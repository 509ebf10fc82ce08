"""The standard catalogue of matters of a district (基层政务公开标准目录)."""
