"""Pages of the kernel: audit log and proof, one's own jobs, calendar, health of the site."""
