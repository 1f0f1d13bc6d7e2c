"""The board paper as data: what it says, before anybody asks what a page or a file looks like."""
