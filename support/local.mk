# Programs beside the server.
