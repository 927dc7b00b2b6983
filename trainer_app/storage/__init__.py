"""The database: tables, migrations, repositories. Rows never leave this package."""
