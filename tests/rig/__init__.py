"""A bad Wi-Fi on a table: network namespaces, and packets that come late or never (Linux, root)."""
