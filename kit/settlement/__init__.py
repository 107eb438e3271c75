"""Settlement: who pays whom for an order, in whole cents; the ledger of an alliance."""
