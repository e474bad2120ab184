"""What pages and higher rooms may ask about matters."""
