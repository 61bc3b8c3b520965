"""The head of a notice: number, title, issuers, recipients, dates, the page's fields, the government it speaks for, its id, what it lacks."""
