"""What does the site have that no Markdown file writes down? Its navigation, tables from the code, and drawings."""
