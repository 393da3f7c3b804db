INSERT INTO api_keys (prefix, hash, name, created_at) VALUES ('before01', 'hash', 'Power BI', 10);
