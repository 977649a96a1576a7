"""The article's text: blocks of the page's lines, told apart by what was learned of them."""
