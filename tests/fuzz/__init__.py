"""Any bytes give events or one clean error: the parsers, and what is thrown at them."""
