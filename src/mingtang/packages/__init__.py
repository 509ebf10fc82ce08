"""Files of others opened with limits: zips, and the XML within, read and written again."""
