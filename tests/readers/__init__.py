"""Files as they come: exports of funds, accounts and HR."""
