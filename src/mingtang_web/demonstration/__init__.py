"""A demonstration district: invented bodies and accounts, for looking around."""
