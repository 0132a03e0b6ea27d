QUEUE = "invoices"
BATCH = 20
