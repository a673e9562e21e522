"""Who may change what? Keys and roles, one file per resource, the site's pages."""
